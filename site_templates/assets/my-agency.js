// "Cơ quan tôi": the agency chosen last on this device. Where nothing can be stored, the list of links is all there is.
(function () {
  "use strict";
  var KEY = "kehoach.agency";
  var store = {
    read: function () { try { return localStorage.getItem(KEY); } catch (error) { return null; } },
    write: function (id) { try { localStorage.setItem(KEY, id); } catch (error) { /* not remembered */ } },
    forget: function () { try { localStorage.removeItem(KEY); } catch (error) { /* nothing to forget */ } }
  };
  var chosen = document.querySelector(".my-agency"), choice = document.querySelector(".my-agency-choice");
  if (!chosen || !choice) return;
  var links = Array.prototype.slice.call(choice.querySelectorAll("[data-agency]"));

  var show = function () {
    var id = store.read();
    var link = links.filter(function (one) { return one.dataset.agency === id; })[0];
    chosen.hidden = !link;
    choice.hidden = Boolean(link);
    if (!link) return;
    chosen.querySelector(".figure").textContent = link.textContent;
    chosen.querySelector("[data-sheet]").href = link.getAttribute("href");
  };
  links.forEach(function (link) {
    link.addEventListener("click", function () { store.write(link.dataset.agency); });
  });
  chosen.querySelector("[data-forget]").addEventListener("click", function () {
    store.forget();
    show();
    var input = choice.querySelector("input");
    if (input) input.focus();
  });
  show();
})();
