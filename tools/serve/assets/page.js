// The deep zoom of a page: its outlines and hits come from the page's own markup, so that it works without this, too.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const zoom = document.getElementById("zoom");
  if (!zoom) return;
  const width = Number(zoom.dataset.width);
  const viewer = OpenSeadragon({
    element: zoom,
    tileSources: zoom.dataset.image,
    drawer: "canvas",
    showNavigationControl: false,
    maxZoomPixelRatio: 2,
    minZoomImageRatio: 0.8,
    visibilityRatio: 0.5,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
  });
  const box = (element) => {
    const [x, y, w, h] = element.dataset.box.split(",").map(Number);
    return new OpenSeadragon.Rect(x / width, y / width, w / width, h / width);
  };
  const reach = (rect) => {
    const margin = 0.02;
    viewer.viewport.fitBounds(new OpenSeadragon.Rect(rect.x - margin, rect.y - margin, rect.width + 2 * margin, rect.height + 2 * margin));
  };
  const outlines = [...document.querySelectorAll(".outline")];
  const hits = [...zoom.querySelectorAll(".hit")];

  viewer.addHandler("open", () => {
    for (const item of outlines) {
      const link = item.querySelector("a");
      const outline = document.createElement("a");
      outline.className = "over-outline";
      outline.href = link.href;
      outline.title = link.textContent;
      outline.tabIndex = -1; // the list beside has the same links
      viewer.addOverlay({ element: outline, location: box(item) });
      // A click opens the article; a drag that begins on it moves the page.
      new OpenSeadragon.MouseTracker({
        element: outline,
        preProcessEventHandler: (event) => { event.preventDefault = false; },
        clickHandler: (event) => { if (event.quick) window.location.href = outline.href; },
      });
      const show = (on) => () => outline.classList.toggle("shown", on);
      item.addEventListener("mouseenter", show(true));
      item.addEventListener("mouseleave", show(false));
      link.addEventListener("focus", () => { show(true)(); reach(box(item)); });
      link.addEventListener("blur", show(false));
    }
    for (const hit of hits) {
      const mark = document.createElement("div");
      mark.className = "over-hit";
      viewer.addOverlay({ element: mark, location: box(hit) });
    }
    if (hits.length) {
      const first = box(hits[0]);
      reach(new OpenSeadragon.Rect(first.x - 0.15, first.y - 0.08, first.width + 0.3, first.height + 0.16));
    }
    zoom.dataset.state = "open";
  });

  const bar = document.createElement("div");
  bar.className = "zoom-bar";
  const button = (name, sign, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.title = zoom.dataset[name];
    made.setAttribute("aria-label", zoom.dataset[name]);
    made.addEventListener("click", () => action(made));
    bar.append(made);
  };
  button("in", "+", () => viewer.viewport.zoomBy(1.5));
  button("out", "−", () => viewer.viewport.zoomBy(1 / 1.5));
  button("home", "⤢", () => viewer.viewport.goHome());
  button("outlines", "▢", (made) => {
    const on = zoom.classList.toggle("outlines");
    made.setAttribute("aria-pressed", String(on));
  });
  zoom.before(bar);
});
