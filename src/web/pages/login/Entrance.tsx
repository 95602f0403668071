import type { ReactNode } from "react";
import { WordMark } from "../../look/Mark.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import styles from "./Entrance.module.css";
import { Orrery } from "./Orrery.tsx";

/** What is around the pages that come before signing in. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.entrance}>
      <div className={styles.side}>
        <WordMark size={28} />
        <div className={styles.form}>
          <PageHead title={title} />
          {children}
        </div>
        <p className={styles.foot}>Draw, see what will change, deploy, take back.</p>
      </div>
      <div className={styles.picture} aria-hidden>
        <Orrery />
      </div>
    </main>
  );
}
