// Every visible text whose contrast with what lies behind it is too low (WCAG 2.2, 1.4.3 AA): "ratio: text".
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  // What lies behind a node; of a gradient, each of its colours.
  const behind = (node) => {
    if (!node) return [rgba(getComputedStyle(document.body).backgroundColor)];
    const style = getComputedStyle(node);
    const stops = style.backgroundImage.match(/(rgba?|hsla?|color|oklab)\([^()]*\)/g) ?? [];
    if (stops.length) return stops.map(rgba);
    const own = rgba(style.backgroundColor);
    return own[3] === 1 ? [own] : behind(node.parentElement).map((colour) => over(own, colour));
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (node.closest("[aria-hidden=true], :disabled, [aria-disabled=true], script, style, noscript, .skip, .spoiler:not(.shown)")) continue;
    if (node.closest(".layer, .main, .sidebar") && node.closest(".window")?.querySelector(".veil:not([hidden])") && !node.closest(".veil")) continue;
    const style = getComputedStyle(node);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight, 10) >= 700) ? 3 : 4.5;
    const found = Math.min(...behind(node).map((colour) => ratio(over(rgba(style.color), colour), colour)));
    if (found < needed) weak.push(`${found.toFixed(2)}: ${walker.currentNode.textContent.trim().slice(0, 40)}`);
  }
  return weak;
}
