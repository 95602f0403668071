import { CircleDashed, CircleDot, type LucideIcon } from "lucide-react";
import { toneIcons as usual } from "../parts/tone-icons.ts";
import type { Tone } from "./overlay.ts";

export const toneIcons: Readonly<Record<Tone, LucideIcon>> = {
  ...usual,
  idle: CircleDashed,
  accent: CircleDot,
};
