import ipaddr from "ipaddr.js";

/** `never` whatever the settings say; `private` where they allow it; `public` always. */
export type Reach = "never" | "private" | "public";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

// Doors of hosting platforms that hand out credentials, wherever in the private ranges they stand.
const platformDoors = [
  "100.100.100.200/32",
  "168.63.129.16/32",
  "192.0.0.192/32",
  "fd00:ec2::/32",
  "fd20:ce::254/128",
  "fd00:c1::a9fe:a9fe/128",
  "fd00:42::42/128",
].map((text) => ipaddr.parseCIDR(text));

const globalUnicast = ipaddr.parseCIDR("2000::/3");
const natPrefix = ipaddr.parseCIDR("64:ff9b::/96");
const privateRanges = new Set(["private", "loopback", "carrierGradeNat", "uniqueLocal"]);

/** Where an address leads. An IPv4 address inside an IPv6 one is judged as what it is. */
export function reachOf(text: string): Reach {
  const address = ipaddr.isValid(text) ? unwrapped(ipaddr.parse(text)) : undefined;
  if (!address || platformDoors.some((door) => isWithin(address, door))) return "never";
  const range = address.range();
  if (privateRanges.has(range)) return "private";
  if (range !== "unicast") return "never";
  if (address instanceof ipaddr.IPv6) return reachOfGlobal(address);
  return "public";
}

/** Whether the address is this machine talking to itself. */
export function isLoopback(text: string): boolean {
  return ipaddr.isValid(text) && unwrapped(ipaddr.parse(text)).range() === "loopback";
}

/** One spelling for each address, so that two of them can be compared. */
export function plainAddress(text: string): string {
  return ipaddr.isValid(text) ? unwrapped(ipaddr.parse(text)).toNormalizedString() : text;
}

function unwrapped(address: Address): Address {
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (!isWithin(address, natPrefix)) return address;
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}

/** ISATAP hides an IPv4 address behind any prefix, and what is outside of 2000::/3 was given to nobody. */
function reachOfGlobal(address: ipaddr.IPv6): Reach {
  const [, , , , high = 0, low = 0] = address.parts;
  const isIsatap = (high === 0 || high === 0x200) && low === 0x5efe;
  return isIsatap || !isWithin(address, globalUnicast) ? "never" : "public";
}

function isWithin(address: Address, [network, bits]: [Address, number]): boolean {
  return address.kind() === network.kind() && address.match([network, bits] as [ipaddr.IPv6, number]);
}
