// The responsibility matrix: filters by role, kind of agency and section, and sorting by a column. It reads without it.
(function () {
  "use strict";
  var form = document.querySelector(".matrix-filter"), table = document.querySelector(".matrix-table");
  if (!form || !table) return;
  var list = function (nodes) { return Array.prototype.slice.call(nodes); };
  var heads = list(table.tHead.rows[0].cells), body = table.tBodies[0], rows = list(body.rows);
  var status = form.querySelector("[role=status]");
  var order = list(form.elements.role.options).map(function (option) { return option.value; });
  // A phone shows a list, part by part; a wide screen the whole table
  if (matchMedia("(max-width: 47.99em)").matches) form.elements.section.selectedIndex = 1;

  var show = function () {
    var role = form.elements.role.value, kind = form.elements.kind.value, section = form.elements.section.value;
    var agency = Number(form.elements.agency.value);
    var wanted = heads.map(function (head, index) { return index === 0 || !kind || head.dataset.kind === kind; });
    var used = heads.map(function () { return false; }), shown = 0;
    rows.forEach(function (row) {
      var match = !role && !kind;
      list(row.cells).forEach(function (cell, index) {
        if (index === 0) return;
        var roles = (cell.dataset.roles || "").split(" ");
        var here = wanted[index] && roles[0] !== "" && (!role || roles.indexOf(role) >= 0);
        cell.classList.toggle("dim", Boolean(role) && !here);
        if (here) match = true;
      });
      var apart = (section && row.dataset.section !== section) || (agency && !row.cells[agency].dataset.roles);
      row.hidden = !match || Boolean(apart);
      if (row.hidden) return;
      shown += 1;
      list(row.cells).forEach(function (cell, index) {
        if (cell.dataset.roles && !cell.classList.contains("dim")) used[index] = true;
      });
    });
    var narrowed = role || kind || section || agency;
    heads.forEach(function (head, index) {
      var hide = index > 0 && (!wanted[index] || Boolean(narrowed && !used[index]));
      head.hidden = hide;
      rows.forEach(function (row) { row.cells[index].hidden = hide; });
    });
    status.textContent = narrowed ? shown + " việc, nhiệm vụ" : "";
  };

  // The first role of a cell in the legend's order; cells without one come last
  var weight = function (row, index) {
    var roles = row.cells[index].dataset.roles;
    return roles ? order.indexOf(roles.split(" ")[0]) : order.length;
  };
  var sort = function (index) {
    var head = heads[index], again = head.getAttribute("aria-sort") === "ascending" || index === 0;
    heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
    var sorted = rows.slice();
    if (!again) {
      head.setAttribute("aria-sort", "ascending");
      sorted.sort(function (a, b) { return weight(a, index) - weight(b, index) || rows.indexOf(a) - rows.indexOf(b); });
    }
    sorted.forEach(function (row) { body.appendChild(row); });
  };

  heads.forEach(function (head, index) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.title = index ? "Xếp theo cơ quan này" : "Xếp theo thứ tự của văn bản";
    button.setAttribute("aria-label", button.title + ": " + head.textContent);
    button.addEventListener("click", function () { sort(index); });
    head.appendChild(button);
  });
  form.addEventListener("change", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(show, 0); });
  show();
})();
