/** Emoji: the short names that people and bots use most; any other short name is shown as it was written. */

const NAMES = {
  tada: "🎉", wave: "👋", calendar: "📆", date: "📅", spiral_calendar_pad: "🗓️", alarm_clock: "⏰", clock1: "🕐", bell: "🔔",
  round_pushpin: "📍", pushpin: "📌", world_map: "🗺️", white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️",
  x: "❌", no_entry: "⛔", no_entry_sign: "🚫", question: "❓", grey_question: "❔", thinking_face: "🤔", warning: "⚠️",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", chair: "🪑", seat: "💺", busts_in_silhouette: "👥", bust_in_silhouette: "👤",
  memo: "📝", pencil: "📝", pencil2: "✏️", bulb: "💡", rocket: "🚀", sparkles: "✨", star: "⭐", fire: "🔥", heart: "❤️",
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", clap: "👏", pray: "🙏", raised_hands: "🙌", muscle: "💪", eyes: "👀",
  smile: "😄", slightly_smiling_face: "🙂", smiley: "😃", grin: "😁", joy: "😂", wink: "😉", cry: "😢", sob: "😭", sunglasses: "😎",
  pizza: "🍕", beer: "🍺", beers: "🍻", coffee: "☕", cake: "🍰", birthday: "🎂", books: "📚", book: "📖", computer: "💻",
  speech_balloon: "💬", mega: "📣", loudspeaker: "📢", email: "✉️", link: "🔗", lock: "🔒", unlock: "🔓", key: "🔑", gear: "⚙️",
  bar_chart: "📊", chart_with_upwards_trend: "📈", ballot_box_with_ballot: "🗳️", trophy: "🏆", ticket: "🎫", round_trip: "🔁", repeat: "🔁",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣",
  house: "🏠", city_sunset: "🌇", sunny: "☀️", umbrella: "☔", snowflake: "❄️", earth_africa: "🌍", robot_face: "🤖", zap: "⚡", moon: "🌔",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫",
  arrows_counterclockwise: "🔄", information_source: "ℹ️", heavy_plus_sign: "➕", point_right: "👉", point_down: "👇", microphone: "🎤",
};

/** The picture for a short name, or the short name in colons. */
export function emoji(name, unicode) {
  if (unicode && /^[0-9a-f-]+$/i.test(unicode)) return String.fromCodePoint(...unicode.split("-").map((code) => parseInt(code, 16)));
  return NAMES[name?.split("::")[0]] ?? `:${name}:`;
}

export const hasEmoji = (name) => name in NAMES;
