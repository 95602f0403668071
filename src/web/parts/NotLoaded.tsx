import { RotateCw } from "lucide-react";
import { useCallback, useEffect, useState, useTransition } from "react";
import { Button, IconButton } from "./Button.tsx";
import { Note } from "./Note.tsx";
import styles from "./NotLoaded.module.css";
import { Page } from "./Page.tsx";
import { PageHead } from "./PageHead.tsx";

interface FailureProps {
  error: unknown;
  /** What failed is no longer the answer to whoever asks next. */
  onForget(): void;
  onRetry(): void;
}

/** What stands in the place of something that could not be fetched. */
export const looksOfFailure = { page: PageNotLoaded, part: PartNotLoaded, button: ButtonNotLoaded } as const;

function PageNotLoaded(props: FailureProps) {
  return (
    <Page narrow>
      <PageHead title="This page could not be loaded" />
      <Why {...props} />
    </Page>
  );
}

function PartNotLoaded(props: FailureProps) {
  return <Why {...props} title="This part could not be loaded" />;
}

function ButtonNotLoaded(props: FailureProps) {
  const { retry, isBusy } = useRetry(props);
  return (
    <IconButton
      label="Load what is missing here"
      icon={RotateCw}
      size="small"
      busy={isBusy}
      onClick={retry}
    />
  );
}

function Why({ title, ...props }: FailureProps & { title?: string }) {
  const { retry, isBusy } = useRetry(props);
  const isThere = useIsServerThere(props.error);
  return (
    <Note tone="warn" alert title={title}>
      {isThere === true && "There may be a newer version of Orrery by now: reload to get it. "}
      {isThere === false && "The server does not answer. It is loaded as soon as there is a network again. "}
      Drafts are safe on this device.
      <div className={styles.ways}>
        <Button size="small" busy={isBusy} onClick={retry}>
          Try again
        </Button>
        <Button
          size="small"
          disabledReason={isThere === false ? "Without the server it would not come back" : undefined}
          onClick={() => window.location.reload()}
        >
          Reload
        </Button>
      </div>
    </Note>
  );
}

/** Asks again, on request and when there is a network again; what is here stays until there is an answer. */
function useRetry({ onForget, onRetry }: FailureProps) {
  const [isBusy, begin] = useTransition();
  const retry = useCallback(
    () =>
      begin(async () => {
        await reloadStyles();
        begin(() => {
          onForget();
          onRetry();
        });
      }),
    [onForget, onRetry],
  );
  useEffect(() => {
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [retry]);
  // Who comes back later begins anew.
  useEffect(() => onForget, [onForget]);
  return { retry, isBusy };
}

/** A stylesheet is fetched with the first that needs it alone, and would be missing from then on. */
async function reloadStyles(): Promise<void> {
  const links = document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]");
  const missing = [...links].filter(({ sheet }) => sheet === null);
  await Promise.all(missing.map((link) => settled(link)));
}

/** Resolves once its copy, which takes its place, has come or failed. */
function settled(link: HTMLLinkElement): Promise<unknown> {
  const copy = link.cloneNode() as HTMLLinkElement;
  link.replaceWith(copy);
  return new Promise((done) => {
    copy.addEventListener("load", done);
    copy.addEventListener("error", done);
  });
}

/** Whether the server still answers; not known at first. */
function useIsServerThere(error: unknown): boolean | undefined {
  const [isThere, setThere] = useState<boolean>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each failure anew.
  useEffect(() => {
    let isOld = false;
    void doesServerAnswer().then((answers) => !isOld && setThere(answers));
    return () => {
      isOld = true;
    };
  }, [error]);
  return isThere;
}

async function doesServerAnswer(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch("/", { headers: { accept: "text/html" }, cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
