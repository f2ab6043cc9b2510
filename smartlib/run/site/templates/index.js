(function () {
  var table = document.getElementById("regions"), body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows), heads = Array.prototype.slice.call(table.tHead.rows[0].cells, 0, 7);
  var rest = document.getElementById("rest"), others = Array.prototype.slice.call(document.getElementById("others").tBodies[0].rows);
  var box = document.getElementById("search"), shown = document.getElementById("shown"), form = document.querySelector(".filters");
  var selects = Array.prototype.slice.call(form.querySelectorAll("select")), place = { province: 2, kind: 3, track: 4 };
  var compare = document.getElementById("compare"), answer = document.getElementById("answer"), lang = document.documentElement.lang;
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  function name(row) { return (row.querySelector("th a") || row.querySelector("th")).textContent.trim(); }
  function value(row, column) {
    var cell = row.cells[column];
    if (!cell.hasAttribute("data-value")) return plain(cell.textContent);
    return cell.dataset.value === "" ? null : Number(cell.dataset.value);
  }
  heads.forEach(function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.textContent = "";
    head.appendChild(button);
    button.addEventListener("click", function () {
      var up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      rows.sort(function (a, b) {
        var x = value(a, column), y = value(b, column);
        if (x === null || y === null) return (x === null) - (y === null);
        return (x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1);
      });
      rows.forEach(function (row) { body.appendChild(row); });
    });
  });
  // How many letters must change to make one word of another; more than `most` is enough to know.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var before = [], now, i, j;
    for (j = 0; j <= b.length; j++) before[j] = j;
    for (i = 1; i <= a.length; i++) {
      now = [i];
      for (j = 1; j <= b.length; j++) now[j] = Math.min(before[j] + 1, now[j - 1] + 1, before[j - 1] + (a[i - 1] !== b[j - 1]));
      before = now;
    }
    return before[b.length];
  }
  function fits(words, row) {
    var text = plain(row.id + " " + name(row) + " " + row.textContent), parts = plain(name(row)).split(/[^a-z0-9]+/);
    return words.every(function (word) {
      var most = word.length > 4 ? 2 : word.length > 3 ? 1 : 0;
      return text.indexOf(word) >= 0 || (most > 0 && parts.some(function (part) { return distance(word, part, most) <= most; }));
    });
  }
  function exact(words, row) {
    var text = plain(row.id + " " + row.textContent);
    return words.every(function (word) { return text.indexOf(word) >= 0; });
  }
  function filter() {
    var words = plain(box.value).split(/\s+/).filter(Boolean), count = 0, more = 0;
    var one = rows.concat(others).some(function (row) { return exact(words, row); }) ? exact : fits;
    rows.forEach(function (row) {
      row.hidden = !one(words, row) || selects.some(function (select) {
        return select.value && row.cells[place[select.dataset.column]].textContent.trim() !== select.value;
      });
      count += row.hidden ? 0 : 1;
    });
    others.forEach(function (row) {
      row.hidden = words.length > 0 && !one(words, row);
      more += row.hidden ? 0 : 1;
    });
    var asked = words.length > 0 || selects.some(function (select) { return select.value; });
    rest.open = words.length > 0 && more > 0;
    list(words.length > 0);
    shown.textContent = !asked ? "" : count + (rest.open ? more : 0) ? count + " " + shown.dataset.of + " " + rows.length + (rest.open ? " + " + more : "") : shown.dataset.nothing;
  }
  // The first regions that fit, right below the box: a link, or why there is none.
  function list(asked) {
    var hits = document.getElementById("hits"), found = rows.concat(others).filter(function (row) { return !row.hidden; });
    hits.textContent = "";
    hits.hidden = !asked || !found.length;
    (asked ? found.slice(0, 8) : []).forEach(function (row) {
      var line = document.createElement("li"), page = row.querySelector("th a"), link = document.createElement("a"), known = rows.indexOf(row) >= 0;
      link.href = page ? page.getAttribute("href") : "#" + row.id;
      link.textContent = name(row);
      line.appendChild(link);
      line.appendChild(document.createTextNode(", " + (known ? row.cells[2].textContent + ", " + row.cells[5].textContent : row.cells[1].textContent + ": " + row.cells[2].textContent)));
      hits.appendChild(line);
    });
  }
  box.addEventListener("input", filter);
  selects.forEach(function (select) { select.addEventListener("change", filter); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var found = rows.filter(function (row) { return !row.hidden; });
    if (found.length === 1 && found[0].querySelector("th a")) found[0].querySelector("th a").click();
  });
  form.hidden = false;
  function find(row) {
    all(".found").forEach(function (other) { other.classList.remove("found"); });
    row.hidden = false;
    if (rest.contains(row)) rest.open = true;
    row.classList.add("found");
    row.scrollIntoView({ block: "center" });
  }
  all("#map circle[data-code]").forEach(function (dot) {
    var row = document.getElementById(dot.dataset.code), title = document.createElementNS(dot.namespaceURI, "title");
    title.textContent = name(row) + " " + row.cells[5].textContent;
    dot.appendChild(title);
    dot.addEventListener("click", function () { find(row); });
  });
  function number(amount) {
    var text = Math.abs(amount).toFixed(2), sign = Number(text) === 0 ? "" : amount < 0 ? "\u2212" : "+";
    return sign + (lang === "id" ? text.replace(".", ",") : text);
  }
  function cell(tag, text, scope) {
    var made = document.createElement(tag);
    made.textContent = text;
    if (scope) made.scope = scope;
    return made;
  }
  function compared() {
    var picked = rows.filter(function (row) { return row.querySelector(".pick input").checked; }), old = document.getElementById("compared");
    var least = Number(compare.dataset.least), made = document.createElement("table"), head = made.createTHead().insertRow(), lines = made.createTBody();
    all(".pick input").forEach(function (tick) { tick.disabled = picked.length >= 4 && !tick.checked; });
    old.textContent = "";
    document.querySelector(".jump").hidden = picked.length < 2;
    document.getElementById("picked").textContent = picked.map(name).join(", ");
    if (picked.length < 2) return;
    made.createCaption().textContent = document.getElementById("compare-title").textContent;
    head.appendChild(cell("th", compare.dataset.name, "col"));
    picked.forEach(function (row) { head.appendChild(cell("th", name(row), "col")); });
    function line(title, write) {
      var row = lines.insertRow();
      row.appendChild(cell("th", title, "row"));
      picked.forEach(function (own) { row.appendChild(cell("td", write(own))); });
    }
    line(compare.dataset.index, function (row) { return number(Number(row.dataset.harmonised)).slice(1); });
    line(compare.dataset.set, function (row) { return row.dataset.set; });
    line(compare.dataset.change, function (row) { return row.cells[6].textContent; });
    picked.forEach(function (other) {
      line("− " + name(other), function (own) {
        if (own === other) return "";
        var gap = Number(own.dataset.harmonised) - Number(other.dataset.harmonised);
        return number(gap) + (least ? " " + (Math.abs(gap) > least ? compare.dataset.beyond : compare.dataset.within) : "");
      });
    });
    old.appendChild(made);
  }
  all(".pick").forEach(function (part) { part.hidden = false; });
  all(".pick input").forEach(function (tick) { tick.addEventListener("change", compared); });
  rows.forEach(function (row) {
    var option = document.createElement("option");
    option.value = name(row);
    document.getElementById("names").appendChild(option);
  });
  document.getElementById("add").addEventListener("change", function (event) {
    rows.forEach(function (row) {
      var tick = row.querySelector(".pick input");
      if (name(row) === event.target.value && !tick.disabled) { tick.checked = true; event.target.value = ""; compared(); }
    });
  });
  document.getElementById("clear").addEventListener("click", function () {
    all(".pick input").forEach(function (tick) { tick.checked = false; });
    compared();
    box.focus();
  });
  compare.hidden = false;
  // An address ends in #51.03.en for a region's page, or in #compare=51.03,51.71.
  function go() {
    var asked = decodeURIComponent(location.hash.slice(1)), page = document.getElementById(asked), parts;
    answer.hidden = true;
    if (asked.indexOf("compare=") === 0) {
      asked.slice(8).split(",").forEach(function (code) {
        var row = document.getElementById(code);
        if (row && row.querySelector(".pick input")) row.querySelector(".pick input").checked = true;
      });
      compared();
      compare.scrollIntoView();
      return;
    }
    if (page && page.href) { location.replace(page.href); return; }
    parts = asked.match(/^(\d\d_\w+)\.(\w\w)$/);
    if (parts) { tell(parts[1], "smartlib build --national --lang " + parts[2]); return; }
    parts = asked.match(/^(\d\d\.\d\d)(?:\.(\w\w))?$/);
    if (parts && document.getElementById(parts[1])) {
      var row = document.getElementById(parts[1]);
      find(row);
      if (parts[2] && !rest.contains(row)) tell(name(row), "smartlib build --region " + parts[1] + " --lang " + parts[2]);
    }
  }
  function tell(what, how) {
    var command = document.createElement("code");
    answer.textContent = answer.dataset.none.replace("{region}", what) + " ";
    command.textContent = how;
    answer.appendChild(command);
    answer.hidden = false;
    answer.scrollIntoView();
  }
  window.addEventListener("hashchange", go);
  go();
})();
