(function () {
  var inks = INKS, space = "http://www.w3.org/2000/svg";
  var button = document.getElementById("print");
  button.hidden = false;
  button.addEventListener("click", function () { window.print(); });
  function save(url, name) {
    var link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
  }
  function drawing(figure) {
    var svg = figure.querySelector(".wide svg").cloneNode(true), style = document.createElementNS(space, "style");
    style.textContent = inks;
    svg.insertBefore(style, svg.firstChild);
    var high = Number(svg.getAttribute("height")), title = figure.querySelector("figcaption").textContent;
    [["ink", -10, title], ["soft", high + 16, figure.getAttribute("data-source")]].forEach(function (line) {
      var text = document.createElementNS(space, "text");
      text.setAttribute("class", line[0]);
      text.setAttribute("y", line[1]);
      text.textContent = line[2];
      svg.appendChild(text);
    });
    svg.setAttribute("viewBox", "0 -28 " + svg.getAttribute("width") + " " + (high + 52));
    svg.setAttribute("height", high + 52);
    svg.setAttribute("xmlns", space);
    return svg;
  }
  function blob(text, type) { return URL.createObjectURL(new Blob([text], { type: type })); }
  function picture(svg, name) {
    var wide = 1920, high = Math.round(wide * svg.getAttribute("height") / svg.getAttribute("width")), image = new Image();
    svg.setAttribute("width", wide);
    svg.setAttribute("height", high);
    image.onload = function () {
      var canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      canvas.width = wide;
      canvas.height = high;
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, wide, high);
      pen.drawImage(image, 0, 0, wide, high);
      save(canvas.toDataURL("image/png"), name);
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg.outerHTML);
  }
  Array.prototype.forEach.call(document.querySelectorAll("figure[data-csv]"), function (figure, number) {
    var place = figure.querySelector(".save"), name = document.title.replace(/[^\w.]+/g, "-") + "-" + (number + 1);
    place.hidden = false;
    place.addEventListener("click", function (event) {
      var kind = event.target.getAttribute("data-save");
      if (kind === "csv") save(blob("\ufeff" + figure.getAttribute("data-csv"), "text/csv"), name + ".csv");
      if (kind === "svg") save(blob(drawing(figure).outerHTML, "image/svg+xml"), name + ".svg");
      if (kind === "png") picture(drawing(figure), name + ".png");
    });
  });
})();
