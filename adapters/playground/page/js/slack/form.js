/** Forms: what a person has filled in on a Slack view, kept while the app redraws it. */

const INITIALS = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  file_input: ["files", "initial_files"],
};

export class Form {
  #states = new Map();

  get(block, action) {
    return this.#states.get(`${block}\n${action}`);
  }

  set(block, action, state) {
    this.#states.set(`${block}\n${action}`, state);
  }

  /** Everything that the view holds, as Slack sends it: {block_id: {action_id: state}}. */
  values(view, fallback) {
    const values = {};
    for (const [block, element] of elements(view)) {
      const state = this.get(block.block_id, element.action_id) ?? initial(element, fallback);
      if (state) (values[block.block_id] ??= {})[element.action_id] = state;
    }
    return values;
  }

  /** What Slack itself refuses before the app hears of it: {block_id: sentence}. */
  missing(view, fallback) {
    const wrong = {};
    for (const block of (view.blocks ?? []).filter((each) => each.type === "input")) {
      const element = block.element ?? {};
      const state = this.get(block.block_id, element.action_id) ?? initial(element, fallback);
      const sentence = complaint(block, element, state?.[INITIALS[element.type]?.[0]]);
      if (sentence) wrong[block.block_id] = sentence;
    }
    return wrong;
  }
}

function complaint(block, element, value) {
  const empty = value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) return block.optional ? null : "Please complete this required field.";
  if (element.min_length && value.length < element.min_length)
    return `Please use at least ${element.min_length} characters.`;
  if (element.type === "number_input") {
    const number = Number(value);
    if (Number.isNaN(number) || (!element.is_decimal_allowed && !Number.isInteger(number)))
      return "Please enter a valid number.";
    if (element.min_value !== undefined && number < Number(element.min_value))
      return `Please enter a number of at least ${element.min_value}.`;
    if (element.max_value !== undefined && number > Number(element.max_value))
      return `Please enter a number of at most ${element.max_value}.`;
  }
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    return "Please enter a valid email address.";
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/.test(value)) return "Please enter a valid URL.";
  return null;
}

function* elements(view) {
  for (const block of view.blocks ?? []) {
    const here =
      block.type === "input"
        ? [block.element]
        : block.type === "actions"
          ? block.elements
          : block.type === "section"
            ? [block.accessory]
            : [];
    for (const element of here ?? []) if (element && element.type in INITIALS) yield [block, element];
  }
}

function initial(element, fallback) {
  const names = INITIALS[element.type];
  if (!names) return null;
  const empty = names[0].endsWith("s") ? [] : null;
  return { type: element.type, [names[0]]: element[names[1]] ?? fallback?.(element) ?? empty };
}
