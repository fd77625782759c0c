(function (page) {
  var chosen = null;
  try { chosen = localStorage.getItem("kehoach.scheme"); } catch (error) { /* no storage: the system's scheme */ }
  page.dataset.scheme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  page.className = "js";
})(document.documentElement);
