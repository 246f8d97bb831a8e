/** Acts: what a person does on a platform, sent to the stand-in. The answer is what the platform would tell them. */

async function post(path, given) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
    });
  } catch {
    return { error: "The playground does not answer. Is it still running?" };
  }
  return await response.json().catch(() => ({ error: `The playground answered ${response.status}.` }));
}

/** `act("slack", "press", {...})` → {"acked", "error", …}; never raises. */
export function act(platform, name, given) {
  return post(`/act/${platform}/${name}`, given);
}

/** Was an act refused before it reached the app? Then its error is a sentence for the person. */
export const impossible = (answer) => Boolean(answer.error) && answer.acked === undefined;

export const moveClock = (given) => post("/clock", given);
export const ringNext = () => post("/clock/next", {});
export const startStory = () => post("/story", {});
