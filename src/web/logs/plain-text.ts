// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const escapes = /\u001b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const any = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** What a program wrote, without colours; other control characters are made visible, so that a line stays a line. */
export function plainText(text: string): string {
  if (!any.test(text)) return text;
  return text.replace(escapes, "").replace(controls, pictured);
}

function pictured(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 13) return "";
  return code === 127 ? "\u2421" : String.fromCharCode(0x2400 + code);
}
