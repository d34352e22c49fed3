import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const operations = (name: string) =>
  fileURLToPath(new URL(`../../docs/operations/${name}`, import.meta.url));
const text = (name: string) => readFileSync(operations(name), 'utf8');
const chart = operations('helm/wemixvisor');
const containerfile = readFileSync(new URL('../release/Containerfile', import.meta.url), 'utf8');

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly exec?: { readonly command: readonly string[] };
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}
interface Container {
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly lifecycle?: object;
  readonly securityContext: object;
}
interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: { readonly runAsUser: number };
        readonly containers: readonly [Container];
      };
    };
    readonly volumeClaimTemplates: readonly { readonly metadata: { readonly name: string } }[];
  };
}
interface Compose {
  readonly services: { readonly node: Record<string, unknown> };
  readonly volumes: object;
}

/** Seconds of a duration such as `300s`, `5m` or `31m30s`. */
function seconds(duration: unknown): number {
  const parts = [...String(duration).matchAll(/(\d+)([hms])/g)];
  const unit = { h: 3_600, m: 60, s: 1 } as const;
  return parts.reduce((sum, [, count, of]) => sum + Number(count) * unit[of as 'h'], 0);
}

/** The value of an option such as `--stop-timeout=5m` among wemixvisor's own. */
function option(args: readonly string[], name: string): string | undefined {
  const own = args.slice(0, args.indexOf('--'));
  return own.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The longest that a stop takes: a signal that comes late, the grace period as far as it is extended, and the end of what is left. */
const longestStop = (args: readonly string[]) =>
  Math.max(seconds(option(args, '--stop-timeout')), seconds(option(args, '--stop-timeout-max'))) +
  60;
const image = {
  user: Number(/useradd --uid (\d+)/.exec(containerfile)?.[1]),
  volumes: JSON.parse(/^VOLUME (.*)$/m.exec(containerfile)?.[1] ?? '[]') as readonly string[],
  health: /HEALTHCHECK[^\n]*\\\n\s+CMD (.*)/.exec(containerfile)?.[1],
};

describe('the compose file', () => {
  const { services, volumes } = parse(text('compose.yml'), { strict: true }) as Compose;
  const { node } = services;
  const command = node['command'] as readonly string[];

  it('kills no later than the node may take, and stays where the node must not be restarted', () => {
    expect(seconds(node['stop_grace_period'])).toBeGreaterThan(longestStop(command));
    const told = { WEMIXVISOR_STOP_ENGINE_TIMEOUT: node['stop_grace_period'] };
    expect(node['environment']).toEqual(told);
    expect(command.slice(0, 3)).toEqual(['start', '--foreground', '--stay']);
    expect(node).toMatchObject({ restart: 'unless-stopped', stop_signal: 'SIGTERM', init: false });
  });

  it('is of the image: its user, volumes and health check', () => {
    const mounts = (node['volumes'] as readonly string[]).map((volume) => volume.split(':'));
    expect(mounts.map(([, path]) => path).toSorted()).toEqual(image.volumes.toSorted());
    expect(Object.keys(volumes).toSorted()).toEqual(mounts.map(([name]) => name).toSorted());
    expect(node).toMatchObject({
      user: `${image.user}:${image.user}`,
      read_only: true,
      logging: { options: { 'max-size': '10m', 'max-file': '3' } },
    });
    const { test } = node['healthcheck'] as { readonly test: readonly string[] };
    expect(test).toEqual(['CMD-SHELL', image.health?.replaceAll('$?', '$$$$?')]);
  });

  it('shows the metrics to this machine alone', () => {
    const port = option(command, '--metrics-addr')?.split(':')[1];
    expect(node['ports']).toContain(`127.0.0.1:${port}:${port}`);
  });

  const composes = [['docker', 'compose'], ['podman-compose']].find(
    ([program = '', ...words]) => spawnSync(program, [...words, 'version']).status === 0,
  );
  const title = 'is accepted by compose';
  it.skipIf(composes === undefined)(
    composes === undefined ? `${title}: there is no docker compose and no podman-compose` : title,
    () => {
      const [program = '', ...words] = composes ?? [];
      execFileSync(program, [...words, '--file', operations('compose.yml'), 'config']);
    },
  );
});

describe('the manifests of Kubernetes', () => {
  const manifests = parseAllDocuments(text('kubernetes.yml')).map(
    (document) => document.toJS() as Manifest,
  );
  const set = manifests.find(({ kind }) => kind === 'StatefulSet')?.spec;
  const pod = set?.template.spec;
  const [container] = pod?.containers ?? [];

  it('give the node more time than it may take to stop, and ask it to by SIGTERM alone', () => {
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(longestStop(container?.args ?? []));
    const told = container?.env.find(({ name }) => name === 'WEMIXVISOR_STOP_ENGINE_TIMEOUT');
    expect(told?.value).toBe(`${pod?.terminationGracePeriodSeconds}s`);
    expect(container?.lifecycle).toBeUndefined();
  });

  it('kill what does not answer, and nothing that answers', () => {
    const { args, ports, startupProbe, livenessProbe, readinessProbe } = container ?? {};
    const asked = { httpGet: { path: '/healthz', port: 'metrics' } };
    expect([startupProbe, livenessProbe]).toMatchObject([asked, asked]);
    const { containerPort } = ports?.find(({ name }) => name === 'metrics') ?? {};
    expect(option(args ?? [], '--metrics-addr')).toBe(`0.0.0.0:${containerPort}`);
    const script = readinessProbe?.exec?.command[2];
    expect(script).toContain(`/dev/tcp/127.0.0.1/${containerPort} `);
    expect(script).toContain('GET /readyz ');
    expect(args?.slice(0, 3)).toEqual(['start', '--foreground', '--stay']);
  });

  it('run as the user of the image, write to the volumes alone, and have the home in a folder that is theirs', () => {
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: image.user });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const mounts = container?.volumeMounts.map(({ mountPath }) => mountPath) ?? [];
    expect(mounts.toSorted()).toEqual([...image.volumes, '/tmp'].toSorted());
    const claims = set?.volumeClaimTemplates.map(({ metadata }) => metadata.name) ?? [];
    expect(claims).toEqual(['data', 'home']);
    const home = container?.env.find(({ name }) => name === 'WEMIXVISOR_HOME')?.value;
    expect(home).toMatch(/^\/var\/lib\/wemixvisor\/./);
    expect(container?.args).toContain('--datadir=/data');
  });

  it('are a set with a service, a budget of disruptions and a monitor', () => {
    expect(manifests.map(({ kind }) => kind).toSorted()).toEqual([
      'PodDisruptionBudget',
      'PodMonitor',
      'Service',
      'StatefulSet',
    ]);
  });
});

const hasHelm = spawnSync('helm', ['version']).status === 0;

describe.skipIf(!hasHelm)(hasHelm ? 'the chart' : 'the chart: there is no helm', () => {
  const helm = (...words: readonly string[]) =>
    spawnSync('helm', words, { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  // A helm that Go installed takes the cluster for one of 1.20 where nobody says otherwise.
  const render = (...words: readonly string[]) =>
    helm('template', 'node', chart, '--kube-version', '1.30.0', ...words);
  const withMonitor = ['--set', 'metrics.podMonitor.enabled=true'];

  it('has no fault, and renders the manifests that are here', () => {
    expect(helm('lint', '--strict', chart)).toMatchObject({ status: 0 });
    expect(render(...withMonitor).stdout).toBe(text('kubernetes.yml'));
  });

  it('gives the pod the time that its values give the node', () => {
    const { stdout } = render('--set', 'stop.timeoutSeconds=4000');
    expect(stdout).toContain('terminationGracePeriodSeconds: 4090\n');
    expect(stdout).toContain('--stop-timeout=4000s\n');
  });

  it.each(['stop.timeoutSeconds=never', 'node.arg=x', 'settings.min_peers=3', 'metrics.port=80'])(
    'refuses the value %s',
    (value) => {
      const { status, stderr } = render('--set', value);
      expect(status).toBe(1);
      expect(stderr).toContain('values don');
    },
  );
});
