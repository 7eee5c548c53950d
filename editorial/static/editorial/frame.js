// Makes the frame of a preview as tall as the page in it, so that the page is read in
// one scroll with the rest. Without it the frame keeps the height that the style sheet
// gives it, and scrolls.
(() => {
  const fit = (frame, page) => {
    const edges = frame.offsetHeight - frame.clientHeight;
    const height = Math.ceil(page.getBoundingClientRect().height) + edges;
    frame.style.maxHeight = "none";
    frame.style.height = `${height}px`;
  };

  const watch = (frame) => {
    const page = frame.contentDocument?.documentElement;
    if (!page) return;
    fit(frame, page);
    // What the address leads to was below the frame, and has moved with its foot.
    const anchored = CSS.supports("overflow-anchor", "auto");
    if (!anchored) document.querySelector(":target")?.scrollIntoView();
    // A narrower window and a font that came late both change the page's height.
    new ResizeObserver(() => fit(frame, page)).observe(page);
  };

  for (const frame of document.querySelectorAll("iframe.preview")) {
    frame.addEventListener("load", () => watch(frame));
    if (frame.contentDocument?.readyState === "complete") watch(frame);
  }
})();
