// The preview only (kehoach serve): loads the page anew when a save changed the site, and says what is wrong with a save.
(function () {
  "use strict";
  var shown = document.currentScript.dataset.shown, seen = "-", panel = null;
  function tell(fault) {
    if (panel) panel.remove();
    panel = null;
    if (!fault) return;
    panel = document.createElement("section");
    panel.setAttribute("role", "alert");
    panel.id = "kehoach-loi";
    panel.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:99;max-height:60vh;overflow:auto;padding:12px 20px;background:#7a1712;color:#fff;font:16px/1.5 sans-serif;white-space:pre-wrap";
    var title = document.createElement("strong");
    title.textContent = "Chưa tạo lại được; trang bên dưới là bản tốt gần nhất.\n";
    panel.append(title, fault);
    document.body.append(panel);
  }
  function wait() {
    fetch("/__phien-ban/" + seen).then(function (answer) { return answer.json(); }).then(function (told) {
      if (told.shown !== shown) return location.reload();
      seen = told.number;
      tell(told.fault);
      wait();
    }).catch(function () { setTimeout(wait, 1000); });
  }
  wait();
})();
