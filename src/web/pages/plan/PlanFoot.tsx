import { Link } from "@tanstack/react-router";
import { Archive, Rocket } from "lucide-react";
import { useEffect, useReducer, useState } from "react";
import {
  confirming,
  deployWords,
  ladderOf,
  missingFor,
  nothingConfirmed,
} from "../../deploy/confirm-ladder.ts";
import type { PlanRow } from "../../deploy/plan-rows.ts";
import { changesIn, counted } from "../../deploy/plan-words.ts";
import { useDisconnected } from "../../live/connection.ts";
import { Button, buttonClass } from "../../parts/Button.tsx";
import { Checkbox } from "../../parts/Choices.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { DeployFailure } from "./DeployFailure.tsx";
import styles from "./Plan.module.css";
import type { PlanFootProps } from "./plan-props.ts";
import { RunOptions } from "./RunOptions.tsx";
import { useDeploy } from "./use-deploy.ts";

/** What is confirmed before a plan is carried out, and the button that does it. */
export function PlanFoot(props: PlanFootProps) {
  const { workflow, plan, named, isMaking, choices } = props;
  const [answers, answer] = useReducer(confirming, nothingConfirmed);
  const [isAsking, ask] = useState(false);
  const disconnected = useDisconnected();
  const { deploy, isPending, error } = useDeploy(props);
  const ladder = ladderOf(plan, { workflow, named });
  const words = deployWords(ladder, changesIn(plan), plan.intent);
  const asksMore = ladder.level >= 2;
  const isNews = useNews(props.hasMoved);
  const blocked =
    disconnected ??
    (isNews ? "The plan has just changed: look again" : undefined) ??
    (isMaking ? "The plan is being made" : undefined) ??
    openQuestion(props.rows);
  const missing = missingFor(ladder, answers);
  return (
    <footer className={styles.foot}>
      <DeployFailure error={error} id={workflow.id} />
      {plan.intent === "deploy" && <RunOptions choices={choices} onChange={props.onChoose} />}
      {ladder.breaks.length > 0 && (
        <Checkbox
          checked={answers.agreed}
          onChange={(agreed) => answer({ kind: "agree", agreed })}
          label={
            <>
              <strong>{ladder.breaks.join(", ")}</strong> will be away for a moment
            </>
          }
        />
      )}
      <div className={styles.buttons}>
        <Link to="/workflows/$id" params={{ id: workflow.id }} className={buttonClass()}>
          Cancel
        </Link>
        <Button
          variant={asksMore ? "danger" : "primary"}
          icon={plan.intent === "undeploy" ? Archive : Rocket}
          busy={isPending}
          disabledReason={blocked ?? (asksMore ? undefined : missing)}
          onClick={() => (asksMore ? ask(true) : deploy())}
        >
          {words}
        </Button>
      </div>
      <DeleteDialog
        {...{ ladder, answers, answer, missing, words }}
        open={isAsking}
        onOpenChange={ask}
        onConfirm={() => [ask(false), deploy()]}
      />
    </footer>
  );
}

const lookMs = 1_000;

/** Whoever was about to press as the plan changed under their hand has not agreed to the new one. */
function useNews(hasMoved: boolean): boolean {
  const [isNews, setNews] = useState(hasMoved);
  useEffect(() => {
    const timer = window.setTimeout(() => setNews(false), lookMs);
    return () => window.clearTimeout(timer);
  }, []);
  return isNews;
}

/** What has to be decided or typed before anything can be deployed. */
function openQuestion(rows: readonly PlanRow[]): string | undefined {
  const contested = rows.reduce((sum, row) => sum + row.contested.length, 0);
  if (contested > 0) return `Decide who keeps ${counted(contested, "field")} first`;
  const values = rows.reduce((sum, { needs }) => sum + needs.length, 0);
  return values > 0 ? `Type ${counted(values, "value")} first` : undefined;
}
