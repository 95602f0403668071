const table = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of the text's UTF-8, made here because nothing outside the language is at hand. */
export function toBase64(text: string): string {
  const bytes = utf8Of(text);
  const parts: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b, c] = bytes.slice(index, index + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digit = (shift: number) => table.charAt((bits >> shift) & 63);
    parts.push(digit(18), digit(12), b === undefined ? "=" : digit(6), c === undefined ? "=" : digit(0));
  }
  return parts.join("");
}

function utf8Of(text: string): number[] {
  // A lone half of a surrogate pair is no character, and becomes the replacement character as everywhere else.
  const encoded = encodeURIComponent(text.toWellFormed());
  const bytes: number[] = [];
  for (let index = 0; index < encoded.length; index += 1) {
    if (encoded[index] === "%") {
      bytes.push(Number.parseInt(encoded.slice(index + 1, index + 3), 16));
      index += 2;
    } else bytes.push(encoded.charCodeAt(index));
  }
  return bytes;
}
