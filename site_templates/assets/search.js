// The search: each text indexed twice, folded (no marks, đ as d, no apostrophes) and as written, which counts more.
// The records come in scripts (generator/write/site/search.py), so that the search works from file:// too.
window.kehoachSearch = window.kehoachSearch || (function () {
  "use strict";
  var LIMIT = 40, CONTEXT = 90;
  var dialog = document.getElementById("tim-kiem");
  var input = dialog.querySelector("input"), status = dialog.querySelector("[role=status]");
  var list = dialog.querySelector(".search-results");
  var indexed = [], all = 0;
  var records = [], tools = window.kehoachTools, came = {}, complete = false, failed = false;

  var exact = function (text) { return text.toLowerCase().normalize("NFC").replace(/['’‘ʼ]/g, ""); };
  var FIELDS = { title: 1, heading: 2, text: 3 };
  var engine = new MiniSearch({
    fields: ["title", "heading", "text", "titleFolded", "headingFolded", "textFolded"],
    extractField: function (record, name) {
      if (name === "id") return record.id;
      var value = record[FIELDS[name.replace("Folded", "")]];
      return /Folded$/.test(name) ? tools.fold(value) : exact(value);
    },
    processTerm: function (term) { return term || null; }
  });

  function add(number, total, shard) {
    if (came[number]) return;
    came[number] = true;
    shard.forEach(function (record) {
      record.id = records.length;
      records.push(record);
    });
    indexed.push(engine.addAllAsync(shard, { chunkSize: 200 }));
    if (number === 0) all = total;
    if (Object.keys(came).length === all) Promise.all(indexed).then(function () { complete = true; show(); });
  }

  // The other scripts of the index, side by side; what fails is asked for again when the search is opened again
  function rest() {
    failed = false;
    var others = [];
    for (var number = 1; number < all; number += 1) if (!came[number]) others.push(tools.load("tim-kiem/" + number + ".js"));
    Promise.all(others).catch(function () { failed = true; show(); });
  }

  // The numbers of a cited clause, outermost first: "khoản 7 mục V", "V.7", "điểm b khoản 1 Mục I"; nothing if more is asked
  var RANK = { phan: 0, chuong: 1, muc: 2, dieu: 3, khoan: 4, diem: 5 };
  function cited(folded) {
    var brief = /^(?:muc\s+)?([ivxlc]+)\s?\.\s?([0-9]+[a-z]?)(?:\s?\.\s?([a-z]))?$/.exec(folded);
    if (brief) return brief.slice(1).filter(Boolean).join("\n");
    var found = [];
    var left = folded.replace(/(phan|chuong|muc|dieu|khoan|diem)\s+([0-9]+[a-z]?|[ivxlc]+|[a-z])(?![\p{L}\p{N}])/gu, function (all, unit, number) {
      found.push([RANK[unit], number]);
      return " ";
    });
    if (/[\p{L}\p{N}]/u.test(left.replace(/\s(cua|o|tai|trong|ke hoach|quyet dinh|chi thi|de an)(?=\s|$)/g, " "))) return "";
    return found.sort(function (one, other) { return one[0] - other[0]; }).map(function (pair) { return pair[1]; }).join("\n");
  }

  // The same of a section of the plan's page, from the numbers that its headings begin with
  function numbers(record) {
    if (record[0].indexOf("ke-hoach/#") !== 0) return "";
    return record[2].split(" › ").map(function (heading) {
      var number = /^(?:(?:phan|chuong|muc|dieu|khoan|diem)\s+)?([0-9]+[a-z]?|[ivxlc]+|[a-z])\s?[.)/:]/.exec(tools.fold(heading));
      return number ? number[1] : "";
    }).filter(Boolean).join("\n");
  }

  function find(words) {
    var folded = tools.fold(words).trim(), written = exact(words).trim();
    // The last word may be unfinished; a number is what it is: 201 is not 2015
    var prefix = function (term, place, terms) { return place === terms.length - 1 && term.length > 1 && !/[0-9]/.test(term); };
    var ask = function (combine, fuzzy) {
      return engine.search({
        combineWith: "OR",
        queries: [
          { queries: [folded], combineWith: combine, prefix: prefix, fuzzy: fuzzy, fields: ["titleFolded", "headingFolded", "textFolded"], boost: { titleFolded: 3, headingFolded: 2 } },
          { queries: [written], combineWith: combine, prefix: prefix, fields: ["title", "heading", "text"], boost: { title: 6, heading: 4, text: 2 } }
        ]
      });
    };
    var clause = cited(folded);
    var named = clause ? records.filter(function (record) { return numbers(record) === clause; }) : [];
    var found = ask("AND", false);
    var partly = false;
    if (!found.length && !named.length) {
      found = ask("OR", function (term) { return term.length > 3 ? 0.25 : false; });
      partly = found.length > 0;
    }
    // The words next to one another, as asked, count more than the same words scattered
    found.forEach(function (hit) {
      var record = records[hit.id];
      if (tools.fold(record[1]).indexOf(folded) >= 0 && !record[2]) hit.score *= 6;
      else if (tools.fold(record[2]).indexOf(folded) >= 0) hit.score *= 4;
      else if (tools.fold(record[3]).indexOf(folded) >= 0) hit.score *= 3;
      if (exact(record.slice(1).join(" ")).indexOf(written) >= 0) hit.score *= 1.5;
    });
    found.sort(function (one, other) { return other.score - one.score || one.id - other.id; });
    var others = found.filter(function (hit) { return named.indexOf(records[hit.id]) < 0; });
    return { hits: named.concat(others), partly: partly };
  }

  // Folding letter by letter keeps the places, so that what was found can be marked in the text as written:
  // the words together where they stand so, else each; only the last may be unfinished.
  function places(text, words) {
    var letters = Array.from(text), flat = "", at = [];
    letters.forEach(function (letter, index) {
      Array.from(tools.fold(letter)).forEach(function (piece) { flat += piece; at.push(index); });
    });
    var whole = function (index) { return index < 0 || index >= flat.length || !/[\p{L}\p{N}]/u.test(flat[index]); };
    var spansOf = function (piece, unfinished) {
      var spans = [], start = 0, hit;
      while (piece && (hit = flat.indexOf(piece, start)) >= 0) {
        start = hit + piece.length;
        if (whole(hit - 1) && (unfinished || whole(start))) spans.push([at[hit], at[start - 1] + 1]);
      }
      return spans;
    };
    var spans = spansOf(words.join(" "), true);
    if (!spans.length) words.forEach(function (word, index) { spans = spans.concat(spansOf(word, index === words.length - 1)); });
    spans.sort(function (one, other) { return one[0] - other[0] || other[1] - one[1]; });
    return { letters: letters, spans: spans };
  }

  function mark(element, text, words, shorten) {
    var found = places(text, words), from = 0, to = found.letters.length;
    if (shorten && to > 2 * CONTEXT) {
      var best = 0, most = 0;
      found.spans.forEach(function (span) {
        var near = found.spans.filter(function (other) { return other[0] >= span[0] && other[0] < span[0] + 2 * CONTEXT; }).length;
        if (near > most) { most = near; best = span[0]; }
      });
      from = Math.max(0, best - CONTEXT / 3);
      while (from > 0 && found.letters[from - 1] !== " ") from -= 1;
      to = Math.min(to, from + 2 * CONTEXT);
      while (to < found.letters.length && found.letters[to] !== " ") to += 1;
    }
    var put = function (start, end, tag) {
      if (start >= end) return;
      var piece = found.letters.slice(start, end).join("");
      var node = document.createTextNode(piece);
      if (tag) {
        var wrap = document.createElement(tag);
        wrap.appendChild(node);
        node = wrap;
      }
      element.appendChild(node);
    };
    if (from > 0) element.appendChild(document.createTextNode("… "));
    var done = from;
    found.spans.forEach(function (span) {
      if (span[0] < done || span[1] > to) return;
      put(done, span[0]);
      put(span[0], span[1], "mark");
      done = span[1];
    });
    put(done, to);
    if (to < found.letters.length) element.appendChild(document.createTextNode(" …"));
  }

  function address(record) {
    var url = record[0];
    if (location.protocol === "file:") url = url.replace(/(^|\/)(?=#|$)/, "$1index.html");
    return new URL(url, tools.root).href;
  }

  function result(record, words) {
    var item = document.createElement("li"), link = document.createElement("a");
    link.href = address(record);
    var headings = record[2] ? record[2].split(" › ") : [];
    var place = headings.slice(0, -1).concat(headings.length ? [record[1]] : []).join(" · ");
    var parts = [["b", headings.length ? headings[headings.length - 1] : record[1]], ["small", place], ["span", record[3]]];
    parts.forEach(function (part, index) {
      if (!part[1]) return;
      var line = document.createElement(part[0]);
      mark(line, part[1], words, index === 2);
      link.appendChild(line);
    });
    item.appendChild(link);
    return item;
  }

  function show() {
    var asked = input.value.trim();
    list.textContent = "";
    if (asked.length < 2) {
      status.textContent = "Gõ ít nhất hai chữ cái, có dấu hay không dấu.";
      return;
    }
    var found = find(asked), words = tools.fold(asked).split(/[\s\p{P}]+/u).filter(Boolean);
    found.hits.slice(0, LIMIT).forEach(function (hit) { list.appendChild(result(records[hit.id], words)); });
    var count = found.hits.length ? found.hits.length + " kết quả" : "Không tìm thấy";
    if (found.partly) count = "Không có chỗ nào đủ các chữ; " + count + " gần giống";
    if (found.hits.length > LIMIT) count += ", hiện " + LIMIT + " kết quả đầu";
    if (complete) status.textContent = count;
    else if (failed) status.textContent = "Mới tải được một phần dữ liệu: " + count + ". Đóng ô này rồi mở lại để tải tiếp.";
    else status.textContent = found.hits.length ? count + " (đang tải thêm…)" : "Đang tải dữ liệu tìm kiếm…";
  }

  function open() {
    if (!complete) rest();
    show();
  }

  var timer = null;
  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(show, 120);
  });
  dialog.addEventListener("keydown", function (event) {
    var links = Array.prototype.slice.call(list.querySelectorAll("a"));
    var at = links.indexOf(document.activeElement);
    var next = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : null;
    if (next !== null && links.length) {
      event.preventDefault();
      (next < 0 ? input : links[Math.min(next, links.length - 1)]).focus();
    } else if (event.key === "Enter" && document.activeElement === input) {
      event.preventDefault();
      show();
      var first = list.querySelector("a");
      if (first) first.click();
    }
  });

  return { add: add, open: open };
})();
