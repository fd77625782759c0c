// Sharing a topic: copy its words or its address, hand it to the telephone's own share sheet, print. Nobody else is asked.
(function () {
  "use strict";
  Array.prototype.forEach.call(document.querySelectorAll("[data-share]"), function (box) {
    var status = box.querySelector("[data-share-status]");
    var text = box.querySelector("textarea");
    var address = box.dataset.shareUrl || location.origin + location.pathname;
    var say = function (words) { status.textContent = words; };

    var copy = function (words, done) {
      var byHand = function () {
        var field = document.createElement("textarea");
        field.value = words;
        field.className = "off-screen";
        box.appendChild(field);
        field.select();
        var copied = false;
        try { copied = document.execCommand("copy"); } catch (error) { /* said below */ }
        box.removeChild(field);
        say(copied ? done : "Máy không cho chép; hãy bôi đen rồi chép bằng tay.");
      };
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(words).then(function () { say(done); }, byHand);
      } else {
        byHand();
      }
    };

    box.querySelector("[data-share-copy]").addEventListener("click", function () {
      copy(text.value, "Đã chép lời. Mở Zalo rồi dán vào.");
    });
    box.querySelector("[data-share-copy-link]").addEventListener("click", function () {
      copy(address, "Đã chép đường dẫn.");
    });
    box.querySelector("[data-share-print]").addEventListener("click", function () { window.print(); });
    var send = box.querySelector("[data-share-send]");
    if (navigator.share) {
      send.hidden = false;
      send.addEventListener("click", function () {
        navigator.share({ title: box.dataset.shareTitle, text: text.value, url: address }).catch(function () { /* closed */ });
      });
    }
  });
})();
