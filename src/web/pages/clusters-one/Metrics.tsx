import { api } from "../../../contract/api.ts";
import type { MetricsPoint } from "../../../contract/cluster-observe.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useRead } from "../../api.ts";
import { StepLine } from "../../parts/Charts.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Page.tsx";
import { timeOf } from "../../parts/when-text.ts";
import { bytesText, coresText } from "../clusters/amounts.ts";
import styles from "./ClusterPage.module.css";

type Measure = "cpu" | "memory" | "pods";

const lines: readonly { of: Measure; title: string; say: (value: number) => string }[] = [
  { of: "cpu", title: "Processors", say: coresText },
  { of: "memory", title: "Memory", say: bytesText },
  { of: "pods", title: "Pods", say: (value) => `${Math.round(value)} ${value === 1 ? "pod" : "pods"}` },
];

/** What was used in the last hour. */
export function Metrics({ cluster: { name } }: { cluster: Cluster }) {
  const query = useRead(
    api.getMetricsHistory,
    { params: { name }, query: { minutes: 60 } },
    { refetchInterval: 30_000 },
  );
  return (
    <Loaded
      query={query}
      empty={({ points }) =>
        timed(points).length === 0 && (
          <Panel>
            <Empty
              title="Nothing measured yet"
              text="Clusters with a metrics server are measured about twice a minute; the last hour is kept."
            />
          </Panel>
        )
      }
    >
      {({ points }) => (
        <div className={styles.columns}>
          {lines.map((line) => (
            <Panel key={line.of}>
              <Line {...line} points={timed(points)} />
            </Panel>
          ))}
        </div>
      )}
    </Loaded>
  );
}

/** Those that have a place on the line. */
const timed = (points: readonly MetricsPoint[]) => points.filter(({ at }) => timeOf(at));

interface LineProps {
  of: Measure;
  title: string;
  say: (value: number) => string;
  points: readonly MetricsPoint[];
}

// Measured every half minute; after three that did not come the line is broken.
const gap = 100_000;

function Line({ of, title, say, points }: LineProps) {
  const drawn = points.map((point) => ({ at: Date.parse(point.at), value: point[of] }));
  const values = drawn.map(({ value }) => value);
  const now = say(values.at(-1) ?? 0);
  const text = `${title} in the last hour: between ${say(Math.min(...values))} and ${say(Math.max(...values))}, now ${now}`;
  return <StepLine title={title} now={now} points={drawn} say={say} text={text} gap={gap} />;
}
