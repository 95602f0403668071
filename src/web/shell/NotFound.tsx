import { Link } from "@tanstack/react-router";
import { buttonClass } from "../parts/Button.tsx";
import { PageHead } from "../parts/PageHead.tsx";
import styles from "./PageError.module.css";

/** There is no such page. */
export function NotFound(): React.ReactNode {
  return (
    <div className={styles.page}>
      <PageHead title="Not here, or not yours" />
      <p>This address leads nowhere, or to something that you may not see.</p>
      <p>
        <Link to="/" className={buttonClass({ variant: "primary" })}>
          Go to Home
        </Link>
      </p>
    </div>
  );
}
