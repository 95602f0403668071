// The letters of code, logs and ids come with the views that show them, and not before.
import "@fontsource-variable/jetbrains-mono/wght.css";

/** Has them fetched before something is written in them. */
export function prepareMono(): Promise<unknown> {
  return document.fonts.load('1em "JetBrains Mono Variable"');
}
