(function () {
  var table = document.getElementById("regions"), body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var box = document.getElementById("search"), shown = document.getElementById("shown");
  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  function value(row, column) {
    var cell = row.cells[column];
    if (!cell.hasAttribute("data-value")) return plain(cell.textContent);
    return cell.dataset.value === "" ? null : Number(cell.dataset.value);
  }
  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.textContent = "";
    head.appendChild(button);
    button.addEventListener("click", function () {
      var up = head.getAttribute("aria-sort") !== "ascending";
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      rows.sort(function (a, b) {
        var x = value(a, column), y = value(b, column);
        if (x === null || y === null) return (x === null) - (y === null);
        return (x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1);
      });
      rows.forEach(function (row) { body.appendChild(row); });
    });
  });
  box.addEventListener("input", function () {
    var words = plain(box.value).split(/\s+/), count = 0;
    rows.forEach(function (row) {
      var text = plain(row.textContent);
      row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
      count += row.hidden ? 0 : 1;
    });
    shown.textContent = box.value ? count + " " + shown.dataset.of + " " + rows.length : "";
  });
  document.querySelector("label.search").hidden = false;
})();
