import type { Stack } from "../../contract/templates.ts";
import {
  answering,
  awaited,
  card,
  fromSecret,
  fromSettings,
  joined,
  listening,
  note,
  player,
  shell,
  small,
} from "./stack.ts";

const postgres = { image: "postgres:17-alpine", resources: { ...small, limits: { memory: "256Mi" } } };
const password = fromSecret("password", "POSTGRES_PASSWORD");

const migration = [
  'psql -h database -U postgres -c "create table if not exists products (name text primary key, price integer)"',
  `psql -h database -U postgres -c "insert into products values ('Lantern', 24) on conflict do nothing"`,
].join(" && ");

/** The sample: small enough to be understood at a look, with all that a usual application has. */
export const shop: Stack = {
  id: "shop",
  name: "Shop",
  description:
    "A web shop: visitors come in through an ingress, an API answers them, a database keeps its data on a claim, and a migration prepares it before the API starts.",
  needs: ["A password for the database, which you choose when you deploy", "Room for a claim of 1 GiB"],
  nodes: [
    card("persistentvolumeclaim", "files", [0, 1], {
      ...{ storage: "1Gi", accessModes: ["ReadWriteOnce"], mountPath: "/var/lib/postgresql/data" },
    }),
    card("secret", "password", [0, 2], {
      ...{
        secretType: "Opaque",
        keys: [{ id: "password", name: "POSTGRES_PASSWORD" }],
        mountPath: "/etc/password",
      },
    }),
    card("statefulset", "database", [1, 1], {
      ...postgres,
      ...{ replicas: 1, port: 5432, serviceName: "database" },
      env: { POSTGRES_PASSWORD: password, PGDATA: "/var/lib/postgresql/data/shop" },
      readinessProbe: listening(5432),
    }),
    card("job", "migrate", [2, 1], {
      ...postgres,
      ...shell(migration),
      ...{ env: { PGPASSWORD: password }, backoffLimit: 4, restartPolicy: "Never" },
    }),
    card("configmap", "settings", [2, 2], {
      ...{ data: { GREETING: "Welcome to the shop", CURRENCY: "EUR" }, mountPath: "/etc/shop" },
    }),
    card("service", "api-door", [2, 3], { name: "api", serviceType: "ClusterIP", port: 80 }),
    card("deployment", "api", [3, 2], {
      ...player,
      ...answering('echo "$GREETING: a lantern, 24 $CURRENCY"'),
      ...{ replicas: 2, port: 8080 },
      env: {
        GREETING: fromSettings("settings", "GREETING"),
        CURRENCY: fromSettings("settings", "CURRENCY"),
        DATABASE_PASSWORD: password,
      },
      readinessProbe: listening(8080),
    }),
    card("ingress", "shop", [2, 4], {
      ...{ host: "shop.example.com", ingressClassName: "nginx" },
      paths: [{ id: "root", path: "/", pathType: "Prefix" }],
    }),
    card("service", "front-door", [3, 4], { name: "front", serviceType: "ClusterIP", port: 80 }),
    card("deployment", "front", [4, 3], {
      ...player,
      ...answering('wget -qO- "http://api/cgi-bin/index.cgi"'),
      ...{ replicas: 2, port: 8080, readinessProbe: listening(8080) },
    }),
  ],
  edges: [
    joined("files", "database"),
    joined("password", "database"),
    awaited("database", "migrate", "ready"),
    awaited("migrate", "api", "completed"),
    joined("settings", "api"),
    joined("api-door", "api"),
    awaited("api", "front", "ready"),
    joined("shop", "front-door", "root"),
    joined("front-door", "front"),
  ],
  canvas: {
    notes: [
      note(
        "begin",
        [0, 0],
        2,
        "The data: a database that keeps its files on a claim. Its password is given when you deploy, and never drawn.",
      ),
      note(
        "gate",
        [2, 0],
        2,
        "A gate: the API starts only after the migration has completed, and that only once the database is ready.",
      ),
      note(
        "outside",
        [0, 4],
        2,
        "From outside: the ingress leads to a service, and that to the copies of the front.",
      ),
    ],
  },
};
