/** Files: what a person picks from their own machine, made ready for an act. */

import { freshId } from "./el.js";

/** A file as an act carries it: its name, its type and its bytes in base64. */
export async function carried(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let n = 0; n < bytes.length; n += 32_768) binary += String.fromCharCode(...bytes.subarray(n, n + 32_768));
  return { id: freshId("file"), name: file.name, mimetype: file.type || "application/octet-stream", size: file.size, content: btoa(binary) };
}
