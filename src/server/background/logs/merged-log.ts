import { cursorTextBefore } from "../../../core/logs/cursor.ts";
import type { Line, Position } from "../../../core/logs/position.ts";
import type { Told } from "./follow-container.ts";
import { eventFrame, type LogForm, lineFrame, type Member } from "./log-frames.ts";
import { createMembers, type MemberNeeds } from "./log-members.ts";
import { createLogRing, type Piece } from "./log-ring.ts";

/** Lines of one container, or something else that is told between them. */
export interface LogPiece extends Piece {
  member?: Member;
  news: readonly Line[];
}

interface MergedNeeds extends MemberNeeds {
  form: LogForm;
}

const pieceChars = 65_536;

export type MergedLog = ReturnType<typeof createMergedLog>;

/** All chosen containers as one log, by the time lines arrive, written once for all who read it from now on. */
export function createMergedLog(needs: MergedNeeds) {
  const { form } = needs;
  const ring = createLogRing<LogPiece>();
  const told = new Map<string, Position>();
  const say = (name: string, data: object, sentence?: string) =>
    ring.push({ bytes: Buffer.from(eventFrame(form, name, data, sentence)), lines: 0, news: [] });
  const tellLines = lineTeller(needs, told, ring.push);

  function hear(member: Member, news: Told): void {
    const { key, ...from } = member;
    if ("trouble" in news) {
      say("error", { reason: news.trouble, ...from }, news.trouble);
      return;
    }
    if (news.isTorn) say("gap", { missed_after: told.get(key)?.at ?? "", ...from });
    for (const remark of news.remarks) say("error", { reason: remark, ...from }, remark);
    if (news.lines.length > 0) tellLines(member, news.lines);
  }

  const members = createMembers(needs, { told, hear, say, room: ring.room, end: ring.close });
  return {
    ring,
    say,
    start: members.start,
    positions: (): ReadonlyMap<string, Position> => new Map(told),
    follows: members.has,
    close(): void {
      members.close();
      ring.close();
    },
  };
}

/** Writes lines down in pieces, each with the place in all containers that a reader has come to with it. */
function lineTeller(
  { form, secrets }: MergedNeeds,
  told: Map<string, Position>,
  push: (piece: LogPiece) => void,
) {
  const frame = lineFrame(form);
  return (member: Member, lines: readonly Line[]): void => {
    const write = frame(cursorTextBefore(told, member.key), member);
    const shown = secrets.shown(lines);
    let first = 0;
    let text = "";
    for (const [index, line] of shown.entries()) {
      text += write(line);
      if (text.length < pieceChars && index + 1 < shown.length) continue;
      const news = shown.slice(first, index + 1);
      told.set(member.key, line);
      push({ bytes: Buffer.from(text), lines: news.length, member, news });
      first = index + 1;
      text = "";
    }
  };
}
