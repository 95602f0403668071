import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDotDashed,
  CirclePause,
  CircleX,
  ClockFading,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  Pencil,
  Plus,
  RotateCcw,
  RotateCw,
  SkipForward,
  Trash2,
  TriangleAlert,
  Unlink,
} from "lucide-react";

/** The colour of a state: a token of `tokens.css`, and its `-soft` fill. */
export type Tone = "ok" | "busy" | "warn" | "bad" | "idle" | "stale";

export interface StatusLook {
  word: string;
  icon: LucideIcon;
  tone: Tone;
  /** Whether it is under way, which the icon shows by turning. */
  turning?: true;
}

/** What the word is of; the server says `running` of a Job, of a resource and of a run. */
export type StatusOf = keyof typeof table;

/** What the screen shows for the server's word, and for one that is not known. */
export function statusLook(word: string | null | undefined, of: StatusOf = "health"): StatusLook {
  const looks: Readonly<Record<string, StatusLook>> = table[of];
  if (!word) return unknown;
  return Object.hasOwn(looks, word) ? (looks[word] ?? unknown) : { ...unknown, word: `Unknown (${word})` };
}

const ok = (word: string): StatusLook => ({ word, icon: CircleCheck, tone: "ok" });
const busy = (word: string): StatusLook => ({ word, icon: LoaderCircle, tone: "busy", turning: true });
const waiting = (word: string): StatusLook => ({ word, icon: Hourglass, tone: "idle" });
const warn = (word: string): StatusLook => ({ word, icon: TriangleAlert, tone: "warn" });
const bad = (word: string): StatusLook => ({ word, icon: OctagonX, tone: "bad" });
const paused = (word: string): StatusLook => ({ word, icon: CirclePause, tone: "idle" });
const cancelled: StatusLook = { word: "Cancelled", icon: Ban, tone: "idle" };
const gone: StatusLook = { word: "Gone", icon: CircleX, tone: "bad" };
const notDeployed: StatusLook = { word: "Not deployed", icon: CircleDashed, tone: "idle" };
const unknown: StatusLook = { word: "Unknown", icon: ClockFading, tone: "stale" };
const puttingBack: StatusLook = { word: "Putting back", icon: RotateCcw, tone: "busy", turning: true };
const putBack: StatusLook = { word: "Put back", icon: RotateCcw, tone: "idle" };
const takingAway = busy("Taking away");
const skipped: StatusLook = { word: "Skipped", icon: SkipForward, tone: "idle" };

const table = {
  health: {
    healthy: ok("Healthy"),
    completed: ok("Completed"),
    Bound: ok("Healthy"),
    active: ok("Healthy"),
    stable: ok("Healthy"),
    created: ok("Healthy"),
    connected: ok("Healthy"),
    progressing: busy("Starting"),
    partial: busy("Starting"),
    scaling: busy("Scaling"),
    running: busy("Running"),
    pending: waiting("Waiting"),
    Pending: waiting("Waiting"),
    degraded: warn("Degraded"),
    warning: warn("Degraded"),
    limited: warn("Degraded"),
    failing: bad("Failing"),
    error: bad("Failing"),
    failed: bad("Failing"),
    Lost: bad("Failing"),
    suspended: paused("Paused"),
    deleted: gone,
    missing: gone,
    undeployed: notDeployed,
    unknown,
    disconnected: unknown,
  },
  resource: {
    running: ok("Healthy"),
    completed: ok("Completed"),
    pending: waiting("Waiting"),
    warning: warn("Degraded"),
    failed: bad("Failing"),
    deleted: gone,
    unknown,
  },
  cluster: {
    connected: ok("Connected"),
    healthy: ok("Healthy"),
    unhealthy: bad("Failing"),
    error: bad("Failing"),
    disconnected: unknown,
    unknown,
  },
  workflow: {
    draft: { word: "Draft", icon: CircleDotDashed, tone: "idle" },
    deployed: ok("Deployed"),
    published: ok("Deployed"),
    deploying: busy("Deploying"),
    taking_away: takingAway,
    attention: warn("Needs attention"),
    archived: paused("Archived"),
  },
  run: {
    running: busy("Deploying"),
    taking_away: takingAway,
    completed: ok("Succeeded"),
    succeeded: ok("Succeeded"),
    failed: bad("Failed"),
    rolled_back: putBackAs("Rolled back"),
    partial: warn("Partly applied"),
    cancelled,
    unknown,
  },
  runNode: {
    pending: waiting("Queued"),
    waiting: waiting("Waiting"),
    applying: busy("Applying"),
    applied: busy("Settling"),
    completed: ok("Ready"),
    warning: warn("Ready, with a warning"),
    failed: bad("Failed"),
    putting_back: puttingBack,
    restored: putBack,
    removed: putBack,
    skipped,
    cancelled,
    unknown,
  },
  plan: {
    create: { word: "Create", icon: Plus, tone: "ok" },
    update: { word: "Update", icon: Pencil, tone: "busy" },
    delete: { word: "Delete", icon: Trash2, tone: "bad" },
    keep: { word: "Keep and detach", icon: Unlink, tone: "warn" },
    restart: { word: "Restart", icon: RotateCw, tone: "warn" },
    none: { word: "No change", icon: CircleDashed, tone: "idle" },
  },
  build: {
    pending: waiting("Queued"),
    queued: waiting("Queued"),
    cloning: busy("Cloning"),
    building: busy("Building"),
    pushing: busy("Pushing"),
    completed: ok("Completed"),
    failed: bad("Failed"),
    cancelled,
  },
} satisfies Record<string, Record<string, StatusLook>>;

function putBackAs(word: string): StatusLook {
  return { ...putBack, word };
}
