// npm drops the packages of other platforms from package-lock.json when it cannot fetch them (npm/cli#4828), and then
// refuses `npm ci` everywhere because they are missing. This puts them back, from what their parents pin.
// Run: node server/boot/complete-lock.mjs
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

const systems = /(?:^|[-_/])(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)(?=[-_]|$)/;
const processors = /(?:^|[-_/])(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)(?=[-_]|$)/;

/** The optional packages with a pinned version that the lock does not hold, as entries to add. */
export function missingEntries(packages) {
  const missing = {};
  for (const [parent, meta] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(meta.optionalDependencies ?? {})) {
      const there = packages[`${parent}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
      if (there || !/^\d/.test(version)) continue;
      missing[`node_modules/${name}`] = entryFor(name, version, meta.dev === true);
    }
  }
  return missing;
}

function entryFor(name, version, dev) {
  const system = systems.exec(name)?.[1];
  const processor = processors.exec(name)?.[1];
  const libc =
    system !== 'linux' ? undefined : name.includes('musl') ? 'musl' : name.includes('gnu') ? 'glibc' : undefined;
  return {
    version,
    ...(processor && { cpu: [processor] }),
    ...(dev && { dev }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(system && { os: [system] }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
  const missing = missingEntries(lock.packages);
  const all = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(all);
  fs.writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`added: ${Object.keys(missing).join(', ') || 'nothing was missing'}`);
}
