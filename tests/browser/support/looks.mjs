// The ways in which a walk is taken: with and without scripts, on three widths. Each of its pages is looked at in both themes.

export const WIDTHS = [320, 768, 1280];
export const THEMES = ["light", "dark"];

function look(scripts, width) {
  return { scripts, width, name: `${scripts ? "scripts" : "no-scripts"}-${width}` };
}

export const LOOKS = [true, false].flatMap((scripts) => WIDTHS.map((width) => look(scripts, width)));

// Where one look is enough.
export const PLAIN = look(true, 1280);
export const NARROW = look(true, 320);
export const SCRIPTLESS = look(false, 320);
