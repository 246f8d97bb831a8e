/** Icons: our own small drawings, 20 × 20, drawn in the colour of the text around them. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  hash: "M8 3 6.5 17M13.5 3 12 17M3.5 7.5h14M2.5 12.5h14",
  lock: "M5.5 9h9v7.5h-9zM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9",
  thread: "M3 4.5h14v9H9l-4 3v-3H3z",
  reply: "M8 5 3.5 9.5 8 14M3.5 9.5H13a4 4 0 0 1 4 4V16",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4.5 6.5 10l5.5 5.5",
  next: "M8 4.5 13.5 10 8 15.5",
  down: "M4.5 7.5 10 13l5.5-5.5",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  send: "M3.5 4 17 10 3.5 16 6 10zM6 10h6",
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  home: "M3.5 9.5 10 4l6.5 5.5V16h-4v-4h-5v4h-4z",
  mail: "M3 5h14v10.5H3zM3 5.5l7 5.5 7-5.5",
  sun: "M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.5 1.5M14.2 14.2l1.5 1.5M4.3 15.7l1.5-1.5M14.2 5.8l1.5-1.5",
  moon: "M16.5 12A7 7 0 0 1 8 3.5 7 7 0 1 0 16.5 12z",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4.2l2.8 1.8",
  bell: "M5 13.5V9a5 5 0 0 1 10 0v4.5l1.2 1.5H3.8zM8.5 17h3",
  play: "M6 4l10 6-10 6z",
  wire: "M2.5 10h3l2-5 4.5 10 2-5h3.5",
  pause: "M7 4.5v11M13 4.5v11",
  file: "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15",
  link: "M8.5 11.5 11.5 8.5M9 6.5l2-2a3.2 3.2 0 0 1 4.5 4.5l-2 2M11 13.5l-2 2A3.2 3.2 0 0 1 4.500 11l2-2",
  warn: "M10 3 18 16.5H2zM10 8v4M10 14.3h.01",
  check: "M4 10.500 8.200 14.500 16 5.500",
  plus: "M10 4v12M4 10h12",
  person: "M10 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.500a6 6 0 0 1 12 0",
  spark: "M10 2.500 11.800 8.200 17.500 10l-5.700 1.800L10 17.500l-1.800-5.700L2.500 10l5.700-1.800z",
  bolt: "M11 2.500 4.500 11.500H9.500L8.500 17.500 15.500 8.500H10.500z",
  calendar: "M3.5 5h13v11.500h-13zM3.500 8.500h13M7 3v3.500M13 3v3.500",
  speaker: "M3.500 8v4h3l4 3.500v-11l-4 3.500zM13 7.500a3.500 3.500 0 0 1 0 5",
  smile: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM6.700 11.500a3.800 3.800 0 0 0 6.600 0M7.500 7.700h.01M12.500 7.700h.01",
  bin: "M3.500 5.500h13M8 5.500V3.500h4v2M5 5.500l.8 11h8.400l.8-11M8.300 8.500v5M11.700 8.500v5",
  pencil: "M4 16l.8-3.500L13.500 3.800l2.700 2.700L7.500 15.200z",
};

export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 20 20",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.6,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    focusable: "false",
  }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? PATHS.spark);
  if (name === "more") path.setAttribute("stroke-width", "2.6");
  svg.append(path);
  svg.classList.add("icon");
  return svg;
}
