import styles from "./Entrance.module.css";

const flat = 0.6;
const tilt = (-16 / 180) * Math.PI;

/** Where a planet is on its orbit, seen from the side. */
function placeAt(r: number, angle: number): { x: number; y: number } {
  const [x, y] = [r * Math.cos(angle), r * Math.sin(angle) * flat];
  return { x: x * Math.cos(tilt) - y * Math.sin(tilt), y: x * Math.sin(tilt) + y * Math.cos(tilt) };
}

const planets = [
  { r: 76, angle: 5.5, size: 8 },
  { r: 128, angle: 3.4, size: 11 },
  { r: 186, angle: 0.7, size: 15 },
  { r: 250, angle: 2.3, size: 10 },
].map((planet) => ({ ...planet, ...placeAt(planet.r, planet.angle) }));

/** The instrument the product is named after: planets on arms around one sun, parts moving together. */
export function Orrery() {
  return (
    <svg viewBox="-300 -260 600 520" className={styles.orrery} aria-hidden>
      <path d="M0 0V210M-64 210H64" className={styles.stand} />
      {planets.map(({ r, x, y, size }) => (
        <g key={r}>
          <ellipse rx={r} ry={r * flat} transform="rotate(-16)" className={styles.orbit} />
          <line x2={x} y2={y} className={styles.arm} />
          <circle cx={x} cy={y} r={size} className={styles.planet} />
        </g>
      ))}
      <circle r="28" className={styles.sun} />
    </svg>
  );
}
