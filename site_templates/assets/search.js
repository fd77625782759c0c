// The search: who asks is answered from the index that generator/write/site/search.py writes as scripts (so that it works
// from file:// too). A record is a heading's section or a file; its words are looked up as written and folded (no marks,
// đ as d). The head, with all titles, answers first; the texts follow. Vietnamese words are mostly two syllables, so
// neighbours count more than syllables scattered.
window.kehoachSearch = (function () {
  "use strict";
  var LIMIT = 30, CONTEXT = 90, RETRIES = [1000, 3000];
  var FIELDS = [{ name: "title", weight: 2 }, { name: "heading", weight: 5 }, { name: "names", weight: 5 }, { name: "text", weight: 1 }];
  var TEXT = 3;
  var MARKED_OTHERWISE = 0.3, UNMARKED = 0.6, BEGINNING = 0.35, GUESSED = 0.4, SAME_MEANING = 0.9;
  var FILE_WEIGHT = 0.95, OTHER_FILE = 0.35, PAGE = 1.2, WHOLE_PHRASE = 2, LITTLE_WEIGHT = 0.1, FULL = 0.999, LEAST = 0.3;
  // Words that ask and join: they count for little, and need not be there
  var LITTLE = new Set(("ai bị bao các cách cái cho có còn của cùng cũng do để đã đang đâu được đó gì hay hãy hỏi khi không là làm lại lúc mà mình " +
    "một muốn nào này những như nên nếu ở phải ra rồi sao sẽ tại thế theo thì tôi trong từ và vào về vì với xin tui em anh chị").split(" "));
  var TONES = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323" };

  var root = document.getElementById("tim-kiem");
  var input = root.querySelector("input"), status = root.querySelector("[role=status]");
  var list = root.querySelector(".search-results"), retry = root.querySelector("[data-retry-search]");
  var share = root.querySelector("[data-search-address]");
  var tools = null, head = null, records = [], waiting = 0, asked = false, failed = false;
  var words = new Map(), folds = new Map(), initials = [];

  // Words

  function pieces(text, pattern) { return text.normalize("NFC").toLowerCase().replace(/['’‘ʼ]/g, "").match(pattern) || []; }

  function split(text) { return pieces(text, /[\p{L}\p{N}]+/gu); }

  // The tone at the end, so that hòa and hoà are one
  var known = new Map();
  function written(word) {
    if (!known.has(word)) {
      var tone = "";
      var bare = word.normalize("NFD").replace(/[\u0300\u0301\u0303\u0309\u0323]/g, function (mark) { tone = mark; return ""; });
      known.set(word, bare.normalize("NFC") + tone);
    }
    return known.get(word);
  }

  function put(record, field, text) {
    var found = pieces(text, /[\p{L}\p{N}]+|[.,;:!?()“”]/gu);
    record.lengths[field] += found.length;
    found.forEach(function (word) {
      if (/^[^\p{L}\p{N}]/u.test(word)) return void (record.next += 1); // what a comma parts is less near
      var form = written(word), entry = words.get(form);
      if (!entry) {
        entry = { form: form, fold: tools.fold(word), at: new Map(), count: 0 };
        words.set(form, entry);
        if (!folds.has(entry.fold)) folds.set(entry.fold, []);
        folds.get(entry.fold).push(entry);
      }
      var places = entry.at.get(record.id);
      if (!places) entry.at.set(record.id, places = []);
      places.push(record.next++ * 4 + field);
    });
    record.next += 4; // what follows is no neighbour
  }

  function record(url, page, title, headings, weight, group) {
    var made = { id: records.length, url: url, page: page, title: title, headings: headings, text: "", weight: weight * (headings.length ? 1 : PAGE), group: group, next: 0, lengths: [0, 0, 0, 0], phrases: [], called: [] };
    records.push(made);
    if (headings.length) put(made, 0, title);
    var own = headings.length ? headings[headings.length - 1] : title;
    headings.slice(0, -1).forEach(function (heading) { put(made, 0, heading); });
    put(made, 1, own);
    made.phrases.push(phrase(own));
    return made;
  }

  function phrase(text) { return split(text).map(written).join(" "); }

  function call(made, names) {
    names.forEach(function (name) {
      put(made, 2, name);
      made.called.push(name);
      made.phrases.push(phrase(name));
    });
  }

  function takeHead(part) {
    head = part;
    head.sections = head.pages.map(function (entry) {
      var title = entry[2].length ? entry[2][0][1] : "";
      return entry[2].map(function (section, number) {
        var headings = number ? section[1].split(" › ") : [];
        var made = record(entry[0] + (section[0] ? "#" + section[0] : ""), entry[0], title, headings, entry[1], entry[0]);
        if (section[2]) call(made, section[2]);
        if (!number) initials.push({ letters: split(title).filter(function (word) { return word !== "và"; }).map(function (word) { return tools.fold(word[0]); }).join(""), record: made.id });
        return made;
      });
    });
    var titles = new Map(head.pages.map(function (entry) { return [entry[0], entry[2].length ? entry[2][0][1] : ""]; }));
    var files = new Map();
    head.files.forEach(function (file) {
      var key = file[0] + " " + file[1], format = file[2].split(".").pop().toUpperCase();
      var made = files.get(key) || record(file[2], file[0], titles.get(file[0]) || "", [file[1]], FILE_WEIGHT, "tai-ve " + file[0]);
      made.kindOfFile = written(split(file[1])[0] || "");
      files.set(key, made);
      made.text += (made.text ? ", " : "Tải về ") + format;
      put(made, 2, format);
    });
    head.synonyms = head.synonyms.map(function (entry) {
      return { says: entry[0].map(function (say) { return split(say); }), means: entry[1].map(split) };
    });
    waiting = head.texts;
  }

  function takeTexts(part) {
    part.lists.forEach(function (texts, number) {
      var sections = head.sections[part.first + number];
      texts.forEach(function (text, place) {
        sections[place].text = text;
        put(sections[place], TEXT, text);
      });
    });
    waiting -= 1;
  }

  // What was asked

  function term(word) { return { word: word, form: written(word), fold: tools.fold(word), little: LITTLE.has(word) }; }

  // What a Vietnamese keyboard leaves when it is off: dd, aa, ow, and the tone's letter
  function typed(word) {
    var tone = "";
    var bare = word.replace(/dd/g, "đ").replace(/([aeo])\1/g, function (two) { return { aa: "â", ee: "ê", oo: "ô" }[two]; })
      .replace(/uow/g, "ươ").replace(/aw/g, "ă").replace(/ow/g, "ơ").replace(/u?w/g, "ư")
      .replace(/([aăâeêioôơuưy])([^aăâeêioôơuưysfrxj]*)([sfrxj])/, function (all, vowel, rest, key) { tone = TONES[key]; return vowel + rest; });
    return bare === word ? null : bare + tone;
  }

  function decoded(word) {
    var meant = folds.has(tools.fold(word)) ? null : typed(word);
    return meant && folds.has(tools.fold(meant)) ? meant.normalize("NFC") : word;
  }

  function near(one, other) {
    if (Math.abs(one.length - other.length) > 1 || one === other) return false;
    var at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    return one.slice(at + 1) === other.slice(at + 1) || one.slice(at) === other.slice(at + 1) || one.slice(at + 1) === other.slice(at) ||
      (one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2));
  }

  // The words of the index that a term may stand for, each with what it is worth
  function meanings(asks, marked, last, guess) {
    var found = new Map();
    var add = function (entry, worth) { if (!(found.get(entry) >= worth)) found.set(entry, worth); };
    (folds.get(asks.fold) || []).forEach(function (entry) {
      var bare = asks.form === asks.fold;
      add(entry, entry.form === asks.form ? 1 : !bare ? MARKED_OTHERWISE : marked ? UNMARKED * (guess ? 1 : 0.7) : 1);
    });
    if (/^\d+$/.test(asks.fold)) return found;
    if (last && asks.fold.length > 1) {
      folds.forEach(function (entries, fold) {
        if (fold.length > asks.fold.length && fold.startsWith(asks.fold)) entries.forEach(function (entry) { add(entry, BEGINNING); });
      });
    }
    if ((guess || !found.size) && asks.fold.length > 2) {
      folds.forEach(function (entries, fold) {
        if (near(asks.fold, fold) && !/\d/.test(fold)) entries.forEach(function (entry) { add(entry, GUESSED * (entry.form[0] === asks.form[0] ? 1 : 0.7)); });
      });
    }
    return found;
  }

  // cu m gar as it is written, Cư M'gar: pieces that are no word alone
  function joined(given) {
    var parts = [];
    for (var at = 0; at < given.length; at += 1) {
      var two = at + 1 < given.length && given[at] + given[at + 1];
      if (two && !/\d/.test(two) && (given[at].length === 1 || !folds.has(tools.fold(given[at + 1]))) && folds.has(tools.fold(two))) {
        parts.push(two);
        at += 1;
      } else parts.push(given[at]);
    }
    return parts;
  }

  function same(say, asks) { return tools.fold(asks) === asks ? tools.fold(say) === asks : written(say) === written(asks); }

  // The question, and the questions that mean the same
  function variants(parts) {
    var found = [{ parts: parts, worth: 1 }];
    head.synonyms.forEach(function (entry) {
      entry.says.forEach(function (say) {
        for (var at = 0; at + say.length <= parts.length; at += 1) {
          if (!say.every(function (word, step) { return same(word, parts[at + step]); })) continue;
          entry.means.forEach(function (mean) {
            found.slice(0, 4).forEach(function (base) {
              var start = base === found[0] ? at : -1;
              if (start >= 0) found.push({ parts: parts.slice(0, at).concat(mean, parts.slice(at + say.length)), worth: SAME_MEANING, said: say.length });
            });
          });
        }
      });
    });
    return found.slice(0, 9);
  }

  // Ranking

  function weigh(parts, worth, unfinished, guess) {
    var marked = parts.some(function (word) { return written(word) !== tools.fold(word); });
    var terms = parts.map(term);
    var big = terms.some(function (one) { return !one.little; });
    var scores = new Map(), total = 0;
    terms.forEach(function (one, number) {
      one.meanings = meanings(one, marked, unfinished && number === terms.length - 1, guess);
      one.hits = new Map(); // record → [worth by field, places]
      var records_ = new Set();
      one.meanings.forEach(function (value, entry) {
        if (value === 1) entry.at.forEach(function (places, id) { records_.add(id); });
        entry.at.forEach(function (places, id) {
          var hit = one.hits.get(id);
          if (!hit) one.hits.set(id, hit = { fields: [0, 0, 0, 0], counts: [0, 0, 0, 0], places: [] });
          places.forEach(function (place) {
            var field = place % 4;
            hit.fields[field] = Math.max(hit.fields[field], value);
            hit.counts[field] += 1;
            hit.places.push([place, value]);
          });
        });
      });
      if (one.fold.length > 2) {
        initials.forEach(function (title) {
          if (!folds.has(one.fold) && title.letters.indexOf(one.fold) >= 0) {
            one.hits.set(title.record, { fields: [0, 1, 0, 0], counts: [0, 1, 0, 0], places: [] });
            records_.add(title.record);
          }
        });
      }
      one.weight = Math.log(1 + records.length / (1 + (records_.size || one.hits.size))) * (one.little && big ? LITTLE_WEIGHT : 1);
      total += one.weight;
    });
    terms.forEach(function (one, number) {
      var after = terms[number + 1];
      one.hits.forEach(function (hit, id) {
        var made = records[id], score = scores.get(id);
        if (!score) scores.set(id, score = { id: id, points: 0, covered: 0, sure: 0, pairs: 0, run: 0 });
        var best = 0, all = 0;
        hit.fields.forEach(function (value, field) {
          var points = value * FIELDS[field].weight;
          if (field === TEXT) points *= (1 + 0.15 * (Math.min(hit.counts[field], 4) - 1)) / (1 + made.lengths[TEXT] / 600);
          best = Math.max(best, points);
          all += points;
        });
        var most = Math.max.apply(null, hit.fields);
        score.points += one.weight * (best + 0.2 * (all - best));
        score.covered += one.weight * Math.min(1, most + 0.2);
        if (hit.fields[2] && made.kindOfFile) score.names = true;
        score.sure += one.weight * (most >= UNMARKED * 0.7 ? 1 : 0);
        var next = after && after.hits.get(id);
        if (!next) return;
        var seconds = new Map(next.places.map(function (place) { return [place[0], place[1]]; })), pair = 0;
        hit.places.forEach(function (place) {
          if (seconds.has(place[0] + 4)) {
            var run = (hit.runs && hit.runs.get(place[0]) || 1) + 1;
            next.runs = next.runs || new Map();
            next.runs.set(place[0] + 4, run);
            score.run = Math.max(score.run, run);
          }
          for (var step = 1; step < 4; step += 1) {
            var second = seconds.get(place[0] + step * 4);
            if (second) pair = Math.max(pair, Math.min(place[1], second) * Math.sqrt(FIELDS[place[0] % 4].weight * 2) * (step === 1 ? 1 : 0.4));
          }
        });
        score.points += pair * (one.weight + after.weight) * 1.2;
        if (pair) score.pairs += 1;
      });
    });
    var core = terms.slice();
    while (big && core[0].little) core.shift();
    while (big && core[core.length - 1].little) core.pop();
    var asks = core.map(function (one) { return one.form; }).join(" "), bare = core.map(function (one) { return one.fold; }).join(" ");
    scores.forEach(function (score) {
      if (terms.length > 2 && score.run === terms.length) score.points += WHOLE_PHRASE * total;
      var made = records[score.id], covered = Math.min(1, score.covered / total);
      score.points = score.points / total * covered * covered * made.weight * worth;
      // A file answers who asks for its kind (tờ rơi, mẫu) or its format, hardly who asks for its subject
      if (made.kindOfFile && !score.names && !terms.some(function (one) { return one.meanings.has(words.get(made.kindOfFile)); })) score.points *= OTHER_FILE;
      made.phrases.forEach(function (name) {
        if (name === asks) score.points += 14 * made.weight * worth;
        else if (tools.fold(name) === bare) score.points += (marked ? 3 : 12) * made.weight * worth;
      });
      score.full = score.sure / total > FULL && (terms.length === 1 || score.pairs > 0);
      score.terms = terms;
    });
    return scores;
  }

  function merged(asks, unfinished, guess) {
    var best = new Map();
    asks.forEach(function (variant) {
      weigh(variant.parts, variant.worth, unfinished && variant.worth === 1, guess).forEach(function (score, id) {
        if (!best.has(id) || best.get(id).points < score.points) best.set(id, score);
      });
    });
    return best;
  }

  function find(text) {
    var parts = joined(split(text).slice(0, 24)).map(decoded), unfinished = !/\s$/.test(text);
    if (!parts.length) return { hits: [], near: false };
    var asks = variants(parts), best = merged(asks, unfinished, false);
    var order = function () {
      return Array.from(best.values()).sort(function (one, other) { return other.points - one.points || one.id - other.id; });
    };
    var hits = order();
    if (!hits.length || !hits[0].full) {
      merged(asks, unfinished, true).forEach(function (score, id) {
        score.full = score.full && best.has(id) && best.get(id).full;
        if (!best.has(id) || best.get(id).points < score.points) best.set(id, score);
      });
      hits = order();
    }
    var cut = hits.length ? hits[0].points * LEAST : 0;
    hits = hits.filter(function (hit) { return hit.points >= cut; });
    var cited = citation(text);
    hits = cited.hits.concat(hits.filter(function (hit) { return !cited.hits.some(function (other) { return other.id === hit.id; }); }));
    return { hits: hits, near: hits.length > 0 && (cited.hits.length ? cited.near : !hits[0].full) };
  }

  // Cited clauses (khoản 7 mục V, V.7) and laws' articles (điều 174 blhs)

  var LEVELS = [["phan", 1], ["chuong", 1], ["muc", 1], ["m", 1], ["tieu muc", 2], ["khoan", 2], ["k", 2], ["diem", 3], ["d", 3], ["tiet", 4]];
  var LEVEL = /(?:^|[\s,.;])(phan|chuong|tieu muc|muc|khoan|diem|tiet|[mkd](?=[\s.]*[\divx]))[\s.]*([ivxlc]+|\d+[a-z]?|[a-z])((?:[.\-/][a-z0-9]+)*)(?=$|[\s,;.])/g;

  function citation(text) {
    var asks = tools.fold(text.normalize("NFC")).trim();
    var article = /(?:^|\s)(?:dieu|d\.?)\s*(\d+[a-z]?)(?=$|[\s,;.])/.exec(asks);
    if (article) return articles(article[1], asks.replace(article[0], " "));
    var found = [], match, key = "";
    LEVEL.lastIndex = 0;
    while ((match = LEVEL.exec(asks))) {
      found.push([LEVELS.find(function (level) { return level[0] === match[1]; })[1], (match[2] + match[3]).split(/[.\-/]/).join(".")]);
    }
    if (found.length) key = found.sort(function (one, other) { return one[0] - other[0]; }).map(function (level) { return level[1]; }).join(".");
    else if (/^([ivxlc]+|\d+)([.\-/]\s*[a-z0-9]+)+$/.test(asks) || /^[ivxlc]+\s+\d+$/.test(asks)) key = asks.split(/[.\-/\s]+/).join(".");
    if (!key) return { hits: [], near: false };
    if (head.citations[key]) return { hits: at([head.citations[key]]), near: false };
    var ends = found.length === 1 && found[0][0] > 1 ? Object.keys(head.citations).filter(function (one) { return one.endsWith("." + key) && one.split(".").length === 2 && !/^\d/.test(one); }) : [];
    if (ends.length) return { hits: at(ends.map(function (one) { return head.citations[one]; })), near: false };
    while (key.indexOf(".") > 0 && !head.citations[key]) key = key.slice(0, key.lastIndexOf("."));
    return { hits: found.length > 1 && head.citations[key] ? at([head.citations[key]]) : [], near: true };
  }

  function articles(number, rest) {
    var all = head.articles.filter(function (article) { return article[0] === number; });
    var named = all.filter(function (article) { return article[1].some(function (law) { return (" " + rest.replace(/[\s,.]+/g, " ") + " ").indexOf(" " + law + " ") >= 0; }); });
    var chosen = named.length ? named : all;
    var places = chosen.map(function (article) { return article[2]; });
    chosen.forEach(function (article) { places = places.concat(article[3]); });
    return { hits: at(places), near: false };
  }

  function at(addresses) {
    var found = addresses.map(function (url) { return records.find(function (made) { return made.url === url; }); }).filter(Boolean);
    return found.map(function (made) { return { id: made.id, terms: [], full: true }; });
  }

  // Showing. Folding letter by letter keeps the places, so that what was found can be marked in the text as written:
  // the words together where they stand so, else each.
  function places(text, asks) {
    var letters = Array.from(text), flat = "", from = [];
    letters.forEach(function (letter, index) {
      Array.from(tools.fold(letter)).forEach(function (piece) { flat += piece; from.push(index); });
    });
    var whole = function (index) { return index < 0 || index >= flat.length || !/[\p{L}\p{N}]/u.test(flat[index]); };
    var spansOf = function (piece, unfinished) {
      var spans = [], start = 0, hit;
      while (piece && (hit = flat.indexOf(piece, start)) >= 0) {
        start = hit + piece.length;
        if (whole(hit - 1) && (unfinished || whole(start))) spans.push([from[hit], from[start - 1] + 1]);
      }
      return spans;
    };
    var spans = spansOf(asks.join(" "), true);
    if (!spans.length) asks.forEach(function (word, index) { spans = spans.concat(spansOf(word, index === asks.length - 1)); });
    spans.sort(function (one, other) { return one[0] - other[0] || other[1] - one[1]; });
    return { letters: letters, spans: spans };
  }

  function alternate(found, from, to, put_) {
    var done = from;
    found.spans.forEach(function (span) {
      if (span[0] < done || span[1] > to) return;
      put_(done, span[0], false);
      put_(span[0], span[1], true);
      done = span[1];
    });
    put_(done, to, false);
  }

  function fill(element, found, from, to) {
    alternate(found, from, to, function (start, end, marked) {
      if (start >= end) return;
      var node = document.createTextNode(found.letters.slice(start, end).join(""));
      if (marked) {
        var wrap = document.createElement("mark");
        wrap.appendChild(node);
        node = wrap;
      }
      element.appendChild(node);
    });
  }

  function mark(element, text, asks, shorten) {
    var found = places(text, asks), from = 0, to = found.letters.length;
    if (shorten && to > 2 * CONTEXT) {
      var best = 0, most = 0;
      found.spans.forEach(function (span) {
        var close = found.spans.filter(function (other) { return other[0] >= span[0] && other[0] < span[0] + 2 * CONTEXT; }).length;
        if (close > most) { most = close; best = span[0]; }
      });
      from = Math.max(0, Math.floor(best - CONTEXT / 3));
      while (from > 0 && found.letters[from - 1] !== " ") from -= 1;
      to = Math.min(to, from + 2 * CONTEXT);
      while (to < found.letters.length && found.letters[to] !== " ") to += 1;
    }
    if (from > 0) element.appendChild(document.createTextNode("… "));
    fill(element, found, from, to);
    if (to < found.letters.length) element.appendChild(document.createTextNode(" …"));
  }

  function asksOf(hit) {
    var big = hit.terms.filter(function (one) { return !one.little; });
    return (big.length ? hit.terms : []).length && hit.terms.map(function (one) { return one.fold; }) || [];
  }

  // Another name that the words asked for stand in, where the title does not hold them: why the page was found
  function nameFor(made, hit) {
    var big = hit.terms.filter(function (one) { return !one.little; }).map(function (one) { return one.fold; });
    var holds = function (text) {
      var parts = split(text).map(tools.fold);
      return big.every(function (word) { return parts.indexOf(word) >= 0; });
    };
    return big.length && !holds([made.title].concat(made.headings).join(" ")) ? made.called.find(holds) : "";
  }

  function link(hit) {
    var made = records[hit.id], asks = asksOf(hit), anchor = document.createElement("a");
    anchor.href = tools.address(made.url);
    var headings = made.headings;
    var place = headings.slice(0, -1).concat(headings.length ? [made.title] : []).join(" · ");
    var known = nameFor(made, hit);
    if (known) place = (place ? place + " · " : "") + "còn gọi: " + known;
    var parts = [["b", headings.length ? headings[headings.length - 1] : made.title], ["small", place], ["span", made.text]];
    parts.forEach(function (part, index) {
      if (!part[1]) return;
      var line = document.createElement(part[0]);
      mark(line, part[1], asks, index === 2);
      anchor.appendChild(line);
    });
    anchor.addEventListener("click", function () { leave(anchor, asks); });
    return anchor;
  }

  // The hits of one page together: its best, the others folded away
  function result(hits) {
    var item = document.createElement("li");
    item.appendChild(link(hits[0]));
    if (hits.length > 1) {
      var more = document.createElement("details"), summary = document.createElement("summary");
      summary.textContent = "Thêm " + (hits.length - 1) + " chỗ trong trang này";
      more.appendChild(summary);
      more.addEventListener("toggle", function () {
        if (more.children.length > 1) return;
        hits.slice(1).forEach(function (hit) { more.appendChild(link(hit)); });
      });
      item.appendChild(more);
    }
    return item;
  }

  function show() {
    var text = input.value;
    address_();
    list.textContent = "";
    if (text.trim().length < 2) {
      status.textContent = "Gõ ít nhất hai chữ cái, có dấu hay không dấu.";
      return;
    }
    fetchTexts();
    var found = find(text.replace(/^\s+/, "")), groups = new Map();
    found.hits.forEach(function (hit) {
      var group = records[hit.id].group;
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(hit);
    });
    Array.from(groups.values()).slice(0, LIMIT).forEach(function (hits) { list.appendChild(result(hits)); });
    var count = groups.size ? groups.size + " kết quả" : "Không tìm thấy";
    if (found.near) count = "Không có chỗ nào đủ các chữ; " + count + " gần giống";
    if (groups.size > LIMIT) count += ", hiện " + LIMIT + " kết quả đầu";
    status.textContent = count + (waiting ? failed ? ". Không tải được hết dữ liệu tìm kiếm." : " (đang tải thêm…)" : "");
    retry.hidden = !(waiting && failed);
  }

  // A search has an address: on the page of its own it is the page's, elsewhere a link leads there
  function address_() {
    var query = "?q=" + encodeURIComponent(input.value.trim());
    if (root.tagName !== "DIALOG") history.replaceState(null, "", input.value.trim() ? query : location.pathname);
    else if (share) {
      share.hidden = input.value.trim().length < 2;
      share.href = tools.address("tim-kiem/" + query);
    }
  }

  // The texts come side by side when somebody asks; what fails is tried again, then said
  function fetchTexts() {
    if (asked) return;
    asked = true;
    failed = false;
    var get = function (path, attempt) {
      return tools.load(path).then(show, function (fault) {
        if (attempt >= RETRIES.length) throw fault;
        return new Promise(function (resolve) { setTimeout(resolve, RETRIES[attempt]); }).then(function () { return get(path, attempt + 1); });
      });
    };
    var all = [];
    for (var number = 1; number <= head.texts; number += 1) all.push(get("tim-kiem/" + number + ".js", 0));
    Promise.all(all).catch(function () { failed = true; asked = false; show(); });
  }

  // What was found is marked where the reader lands
  function leave(anchor, asks) {
    var target = new URL(anchor.href);
    if (!asks.length || target.pathname.slice(-5).indexOf(".") >= 0 && !/html$/.test(target.pathname)) return;
    try { sessionStorage.setItem("kehoach.found", JSON.stringify([target.pathname, asks])); } catch (error) { return; }
    if (target.pathname === location.pathname) tools.landed();
  }

  function highlight(given, asks) {
    tools = given;
    var article = document.querySelector("article"), walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT), nodes = [];
    document.querySelectorAll("article mark.found").forEach(function (old) { old.replaceWith(old.textContent); });
    article.normalize();
    while (walker.nextNode()) if (!walker.currentNode.parentNode.closest("script, style, svg, #tim-kiem")) nodes.push(walker.currentNode);
    var together = nodes.some(function (node) { return tools.fold(node.data).indexOf(asks.join(" ")) >= 0; });
    var plain = asks.filter(function (word) { return !LITTLE.has(word); });
    nodes.forEach(function (node) {
      var found = places(node.data, together || !plain.length ? asks : plain);
      if (together) found.spans = found.spans.filter(function (span) { return tools.fold(found.letters.slice(span[0], span[1]).join("")) === asks.join(" "); });
      if (!found.spans.length) return;
      var piece = document.createDocumentFragment();
      fill(piece, found, 0, found.letters.length);
      piece.querySelectorAll("mark").forEach(function (made) { made.className = "found"; });
      node.replaceWith(piece);
    });
  }

  function take(part) { (part.pages ? takeHead : takeTexts)(part); }

  function start(given) {
    tools = given;
    api.started = true;
    var parts = window.kehoachIndex || [];
    parts.forEach(take);
    window.kehoachIndex = { push: take };
    var timer = null;
    input.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(show, 120);
    });
    retry.addEventListener("click", show);
    root.addEventListener("keydown", function (event) {
      var links = Array.prototype.filter.call(list.querySelectorAll("a"), function (one) { return one.offsetParent; });
      var here = links.indexOf(document.activeElement);
      var next = event.key === "ArrowDown" ? here + 1 : event.key === "ArrowUp" ? here - 1 : null;
      if (next !== null && links.length) {
        event.preventDefault();
        (next < 0 ? input : links[Math.min(next, links.length - 1)]).focus();
      } else if (event.key === "Enter" && document.activeElement === input) {
        event.preventDefault();
        show();
        var first = list.querySelector("a");
        if (first && root.tagName === "DIALOG") first.click();
      }
    });
    show();
  }

  var api = { start: start, started: false, highlight: highlight };
  return api;
})();
