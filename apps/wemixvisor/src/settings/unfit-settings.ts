import type { Settings } from './settings.ts';

/**
 * Settings that are each right and together do not work, a line each: what needs another one, and what has no effect without it.
 * `isThere` tells whether a file exists.
 */
export function unfitSettings(
  settings: Settings,
  isThere: (file: string) => boolean,
): readonly string[] {
  return [...unfitAlerts(settings), ...unfitApi(settings), ...missingFiles(settings, isThere)];
}

function unfitAlerts({
  alertsWebhookUrl: url,
  alertsWebhookFormat: format,
  alertsWebhookSecretFile: secretFile,
}: Settings): readonly string[] {
  if (url === null) {
    const idle = [
      ...(format === 'json' ? [] : ['alerts.webhook_format']),
      ...(secretFile === null ? [] : ['alerts.webhook_secret_file']),
    ];
    return idle.map((key) => `${key} has no effect without alerts.webhook_url`);
  }
  if (format !== 'pagerduty' || secretFile !== null) return [];
  return [
    'alerts.webhook_format = pagerduty needs alerts.webhook_secret_file, a file with the integration key: without it no alert is delivered',
  ];
}

function unfitApi({ apiAddr, apiTokenFile, apiTlsCert, apiTlsKey }: Settings): readonly string[] {
  const named = Object.entries({
    'api.token_file': apiTokenFile,
    'api.tls_cert': apiTlsCert,
    'api.tls_key': apiTlsKey,
  });
  if (apiAddr === null) {
    return named
      .filter(([, file]) => file !== null)
      .map(([key]) => `${key} has no effect without api.addr`);
  }
  const needed = apiTlsCert === null && apiTlsKey === null ? named.slice(0, 1) : named;
  return needed
    .filter(([, file]) => file === null)
    .map(([key]) => `api.addr needs ${key}: without it nothing is served there`);
}

function missingFiles(settings: Settings, isThere: (file: string) => boolean): readonly string[] {
  const [program = null] = settings.alertsExec;
  const files = {
    'alerts.webhook_secret_file': settings.alertsWebhookSecretFile,
    'api.token_file': settings.apiTokenFile,
    'api.tls_cert': settings.apiTlsCert,
    'api.tls_key': settings.apiTlsKey,
    'alerts.exec': program?.startsWith('/') === true ? program : null,
  };
  return Object.entries(files).flatMap(([key, file]) =>
    file === null || isThere(file) ? [] : [`${key}: there is no ${file}`],
  );
}
