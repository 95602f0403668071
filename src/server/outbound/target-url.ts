import { invalid } from "../../core/problem.ts";

interface Expected {
  /** Where in the request the text came from. */
  path: string;
  /** Plain http carries credentials in the open, so it takes somebody who says so. */
  insecure: boolean;
}

/** The URL of a server that a user names, or what is wrong with it. No look-up, no connection. */
export function targetUrl(text: string, { path, insecure }: Expected): URL {
  const refuse = (message: string) => invalid(message, [{ path, message }]);
  if (text.length > 2_048) throw refuse("The server URL is too long");
  if (!/^https?:\/\/[^/?#\\]/i.test(text) || hasOddCharacters(text))
    throw refuse("The server must be a URL such as https://host:6443");
  const url = URL.parse(text);
  if (!url?.hostname) throw refuse("The server must be a URL such as https://host:6443");
  if (url.username || url.password || /^[^/]*\/\/[^/]*@/.test(text))
    throw refuse("The server URL must not hold a user name or password");
  if (/[?#]/.test(text)) throw refuse("The server URL must not have a query or a fragment");
  if (url.protocol === "http:" && !insecure)
    throw refuse("The server URL must begin with https://, or insecure must be true");
  if (url.port === "0") throw refuse("The server URL must have a port from 1 to 65535");
  return url;
}

/** Characters that URL parsers drop or turn, so that two readers of one text see two hosts. */
function hasOddCharacters(text: string): boolean {
  return /[\s\\\p{Cc}\p{Cf}]/u.test(text);
}
