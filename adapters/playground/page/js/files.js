/** Files: what a person picks from their own machine, made ready for an act. */

/** A file as an act carries it: its bytes in base64, its name and type as either platform calls them. */
export async function carried(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let n = 0; n < bytes.length; n += 32_768) binary += String.fromCharCode(...bytes.subarray(n, n + 32_768));
  const type = file.type || "application/octet-stream";
  return {
    name: file.name,
    filename: file.name,
    mimetype: type,
    content_type: type,
    size: file.size,
    content: btoa(binary),
  };
}
