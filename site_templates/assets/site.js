// The pages' behaviour: menus, light and dark, the table of contents that follows, misprints, the agency filter,
// loading the search when it is first asked for, and marking where it led. Every page reads and works without it.
(function () {
  "use strict";
  var root = new URL("..", document.currentScript.src);
  var fold = function (text) {
    return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\p{M}'’‘ʼ]/gu, "");
  };
  var each = function (selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); };

  // Buttons that open and close what aria-controls names
  each("[data-toggle]", function (button) {
    var panel = document.getElementById(button.dataset.toggle);
    var set = function (open) {
      panel.classList.toggle("open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", function () { set(button.getAttribute("aria-expanded") !== "true"); });
    panel.addEventListener("click", function (event) { if (event.target.closest("a")) set(false); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        set(false);
        button.focus();
      }
    });
    document.addEventListener("click", function (event) {
      if (!panel.contains(event.target) && !button.contains(event.target)) set(false);
    });
  });

  // Light and dark; back at what the system says, the choice is forgotten
  each("[data-scheme-toggle]", function (button) {
    var page = document.documentElement;
    var show = function () { button.setAttribute("aria-pressed", String(page.dataset.scheme === "dark")); };
    button.addEventListener("click", function () {
      var next = page.dataset.scheme === "dark" ? "light" : "dark";
      page.dataset.scheme = next;
      try {
        if ((next === "dark") === matchMedia("(prefers-color-scheme: dark)").matches) localStorage.removeItem("kehoach.scheme");
        else localStorage.setItem("kehoach.scheme", next);
      } catch (error) { /* no storage: for this page only */ }
      show();
    });
    show();
  });

  // The table of contents shows where the reader is
  var entries = {};
  each(".toc a", function (link) { entries[decodeURIComponent(link.hash.slice(1))] = link; });
  var headings = Object.keys(entries).map(function (id) { return document.getElementById(id); }).filter(Boolean);
  var marked = null;
  var follow = function () {
    var here = headings[0];
    headings.forEach(function (heading) { if (heading.getBoundingClientRect().top < 120) here = heading; });
    var link = here && entries[here.id];
    if (link === marked) return;
    if (marked) marked.removeAttribute("aria-current");
    if (link) {
      link.setAttribute("aria-current", "true");
      var list = link.closest(".toc");
      var place = link.getBoundingClientRect(), frame = list.getBoundingClientRect();
      if (place.top < frame.top || place.bottom > frame.bottom) list.scrollTop += place.top - frame.top - frame.height / 2;
    }
    marked = link;
  };
  if (headings.length) {
    var waiting = false;
    window.addEventListener("scroll", function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; follow(); });
    }, { passive: true });
    follow();
  }

  // Escape closes the note of a misprint without moving the focus
  each(".sic", function (word) {
    var show = function () { word.classList.remove("dismissed"); };
    word.addEventListener("focus", show);
    word.addEventListener("mouseenter", show);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") each(".sic:focus, .sic:hover", function (word) { word.classList.add("dismissed"); });
  });

  // The agency index: type a part of the name, with or without marks
  each(".filter", function (box) {
    var input = box.querySelector("input"), status = box.querySelector("[role=status]");
    var cards = document.querySelectorAll("[data-search]");
    input.addEventListener("input", function () {
      var words = fold(input.value).split(/[\s\-–,.]+/).filter(Boolean);
      var found = 0;
      Array.prototype.forEach.call(cards, function (card) {
        var match = words.every(function (word) { return card.dataset.search.indexOf(word) >= 0; });
        card.hidden = !match;
        if (match) found += 1;
      });
      each(".cards", function (list) {
        var empty = !list.querySelector("[data-search]:not([hidden])");
        list.hidden = empty;
        if (list.previousElementSibling) list.previousElementSibling.hidden = empty;
      });
      status.textContent = words.length ? (found ? found + " cơ quan" : "Không có cơ quan nào khớp") : "";
    });
  });

  // A report names the page
  each("[data-report]", function (link) { link.href += "&body=" + encodeURIComponent("Trang: " + location.href + "\n\n"); });

  // The addresses of paragraphs, when wanted
  each("[data-show-links]", function (button) {
    button.addEventListener("click", function () {
      var shown = document.querySelector("article").classList.toggle("show-links");
      button.setAttribute("aria-pressed", String(shown));
    });
  });

  // Where an address leads into what is folded, it opens
  var unfold = function () {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (var part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", unfold);
  unfold();

  // On paper: where the page was read
  each("[data-print-address]", function (line) {
    if (/^https?:$/.test(location.protocol)) line.textContent = location.origin + location.pathname;
  });

  // A script of the site, once; what did not come may be asked for again
  var loads = {};
  var load = function (path) {
    loads[path] = loads[path] || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = new URL(path, root).href;
      script.onload = resolve;
      script.onerror = function (fault) {
        delete loads[path];
        script.remove();
        reject(fault);
      };
      document.head.appendChild(script);
    });
    return loads[path];
  };

  // The search: open at once, its parts come side by side when it is first asked for, and again if they fail
  var search = document.getElementById("tim-kiem");
  var field = search.querySelector("input"), said = search.querySelector("[role=status]"), retry = search.querySelector("[data-retry-search]");
  // A page or file of the site from any page of it, also from file://, where a folder is no page
  var address = function (path) {
    if (location.protocol === "file:") path = path.replace(/(^|\/)(?=#|\?|$)/, "$1index.html");
    return new URL(path, root).href;
  };
  var tools = window.kehoachTools = { root: root, load: load, fold: fold, address: address };
  var fetchSearch = function (pauses) {
    said.textContent = "Đang tải dữ liệu tìm kiếm…";
    retry.hidden = true;
    Promise.all([load("assets/search.js"), load("tim-kiem/0.js")]).then(function () { window.kehoachSearch.start(tools); }, function () {
      said.textContent = "Không tải được dữ liệu tìm kiếm" + (pauses.length ? ", đang thử lại…" : ".");
      retry.hidden = pauses.length > 0;
      if (pauses.length) setTimeout(function () { fetchSearch(pauses.slice(1)); }, pauses[0]);
    });
  };
  var openSearch = function () {
    if (search.showModal && !search.open) search.showModal();
    field.select();
    field.focus();
    if (!window.kehoachSearch || !window.kehoachSearch.started) fetchSearch([1000, 3000]);
  };
  retry.addEventListener("click", function () {
    if (!window.kehoachSearch || !window.kehoachSearch.started) fetchSearch([1000, 3000]);
  });
  if (search.showModal) {
    search.addEventListener("click", function (event) {
      if (event.target === search || event.target.closest("[data-close-search], .search-results a")) search.close();
    });
  } else if (location.search || location.hash === "#tim-kiem-o") {
    field.value = new URLSearchParams(location.search).get("q") || "";
    openSearch();
  } else field.addEventListener("focus", openSearch, { once: true });

  // The first page's own box hands its words to the search, and shows the agency that was chosen on this device
  each("[data-find]", function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      field.value = form.elements.q.value;
      openSearch();
      field.dispatchEvent(new Event("input"));
    });
    try { if (localStorage.getItem("kehoach.agency")) load("assets/my-agency.js"); } catch (error) { /* no storage */ }
  });

  // Where a result leads, what was asked is marked
  tools.landed = function () {
    var left = null;
    try {
      left = JSON.parse(sessionStorage.getItem("kehoach.found"));
      sessionStorage.removeItem("kehoach.found");
    } catch (error) { /* no storage: no marks */ }
    if (!left || left[0] !== location.pathname) return;
    load("assets/search.js").then(function () { window.kehoachSearch.highlight(tools, left[1]); });
  };
  tools.landed();
  each("[data-open-search]", function (button) { button.addEventListener("click", openSearch); });
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    var asked = (event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (asked && !event.altKey) {
      event.preventDefault();
      openSearch();
    }
  });
})();
