/** Commands: what can be called on Discord, with its options, read from the application commands on the board. */

export const OPTION = {
  SUB: 1,
  GROUP: 2,
  STRING: 3,
  INTEGER: 4,
  BOOLEAN: 5,
  USER: 6,
  CHANNEL: 7,
  ROLE: 8,
  MENTIONABLE: 9,
  NUMBER: 10,
  ATTACHMENT: 11,
};

/** Every command that can itself be called: {name: "event create", description, options}. */
export function callable(rows) {
  const found = [];
  for (const command of rows.under("discord/command").values()) {
    if ((command.type ?? 1) === 1) spread(command, command.name, found);
  }
  return found.sort((one, other) => one.name.localeCompare(other.name));
}

function spread(command, name, found) {
  const inner = (command.options ?? []).filter((option) => option.type === OPTION.SUB || option.type === OPTION.GROUP);
  if (inner.length) for (const one of inner) spread(one, `${name} ${one.name}`, found);
  else found.push({ name, description: command.description ?? "", options: command.options ?? [] });
}

/** Commands on a message (type 3) or a person (type 2). */
export const menus = (rows, type) =>
  [...rows.under("discord/command").values()].filter((command) => command.type === type);

/** What one can choose for an option without asking the app, or null for free text. */
export function offers(app, option) {
  const { rows } = app;
  const people = () =>
    [...rows.under("discord/user")].map(([value, member]) => ({
      value,
      name: member.nick || member.user?.global_name || member.user?.username,
    }));
  const roles = () => [...rows.under("discord/role")].map(([value, role]) => ({ value, name: role.name }));
  if (option.choices?.length) return option.choices;
  switch (option.type) {
    case OPTION.BOOLEAN:
      return [
        { name: "True", value: true },
        { name: "False", value: false },
      ];
    case OPTION.USER:
      return people();
    case OPTION.ROLE:
      return roles();
    case OPTION.MENTIONABLE:
      return [...people(), ...roles()];
    case OPTION.CHANNEL:
      return [...rows.under("discord/channel")]
        .filter(
          ([, one]) => one.type !== 1 && (!option.channel_types?.length || option.channel_types.includes(one.type)),
        )
        .map(([value, one]) => ({ value, name: `#${one.name}` }));
    default:
      return null;
  }
}
