// "Cơ quan tôi": the agency chosen last on this device, with its dates and duties, on its page and on the first one. Where
// nothing can be stored, the list of links is all there is.
(function () {
  "use strict";
  var KEY = "kehoach.agency", FEW = 3, tools = window.kehoachTools;
  var store = {
    read: function () { try { return localStorage.getItem(KEY); } catch (error) { return null; } },
    write: function (id) { try { localStorage.setItem(KEY, id); } catch (error) { /* not remembered */ } },
    forget: function () { try { localStorage.removeItem(KEY); } catch (error) { /* nothing to forget */ } }
  };
  var chosen = document.querySelector("[data-my-agency]"), choice = document.querySelector(".my-agency-choice");
  var few = !choice; // the first page has room for a few only

  var put = function (parent, tag, words, href) {
    var made = document.createElement(tag);
    made.textContent = words;
    if (href) made.href = tools.address(href);
    parent.appendChild(made);
    return made;
  };
  var list = function (title, rows, fill) {
    if (!rows.length) return;
    put(chosen, "h3", title);
    var items = put(chosen, "ul", "");
    items.className = "flat plain";
    rows.slice(0, few ? FEW : rows.length).forEach(function (row) { fill(put(items, "li", ""), row); });
    if (few && rows.length > FEW) put(chosen, "p", "Còn " + (rows.length - FEW) + " việc nữa trong phiếu trách nhiệm.").className = "hint";
  };
  window.kehoachAgency = function (brief) {
    chosen.textContent = "";
    put(put(chosen, "p", ""), "b", brief.name);
    list("Mốc thời gian", brief.dates, function (item, date) {
      put(item, "b", date[2] || date[0]);
      item.appendChild(document.createTextNode(": " + date[1] + (date[2] ? " (" + date[0] + ")" : "")));
    });
    list("Việc phải làm", brief.duties, function (item, duty) {
      put(item, "a", duty[0], duty[2]);
      put(item, "span", duty[1]).className = "row-facts";
    });
    var ways = put(chosen, "p", "");
    ways.className = "downloads";
    put(ways, "a", "Mở phiếu trách nhiệm", brief.href).className = "button";
    var other = put(ways, few ? "a" : "button", "Chọn cơ quan khác", few && "co-quan-toi/");
    other.className = "button";
    other.addEventListener("click", function () {
      store.forget();
      if (!few) show();
    });
  };
  var show = function () {
    var id = store.read();
    chosen.hidden = !id;
    if (choice) choice.hidden = Boolean(id);
    if (!id) {
      var input = choice && choice.querySelector("input");
      if (input && chosen.textContent) input.focus();
      return;
    }
    chosen.textContent = "Đang mở…";
    // A plan that was revised may have an agency less: then it is chosen anew
    tools.load("co-quan-toi/" + id + ".js").catch(function () { store.forget(); show(); });
  };
  if (choice) {
    choice.addEventListener("click", function (event) {
      var link = event.target.closest("[data-agency]");
      if (link) store.write(link.dataset.agency);
    });
  }
  if (chosen) show();
})();
