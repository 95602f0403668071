import { randomInt } from "node:crypto";

// Without what is mistaken for something else when copied by hand: of these 32, 12 have 60 bits.
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const codeLength = 12;

/** A code to register with, which nobody can guess. */
export function newInviteCode(): string {
  return Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join("");
}
