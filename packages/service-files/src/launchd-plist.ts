import type { ServiceDescription } from './service-description.ts';

/**
 * A property list for launchd. The other processes survive the main one.
 *
 * @throws RangeError for a character that XML cannot contain.
 */
export function launchdPlist(service: ServiceDescription): string {
  const { command, label, user, stopTimeoutMs, origin = null, openFiles = null } = service;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
${origin === null ? '' : `<!-- ${comment(origin)} -->\n`}<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${escaped(label)}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((word) => `    <string>${escaped(word)}</string>`).join('\n')}
  </array>
${user === null ? '  <!-- UserName: set the user that the service runs as -->' : `  <key>UserName</key>\n  <string>${escaped(user)}</string>`}
  <key>RunAtLoad</key>
  <true/>
  <!-- Started again after a failure, not after a clean stop. -->
  <key>KeepAlive</key>
  <dict><key>SuccessfulExit</key><false/></dict>
  <key>ThrottleInterval</key>
  <integer>10</integer>
  <!-- Where the main process dies, the others live on. -->
  <key>AbandonProcessGroup</key>
  <true/>
  <!-- Seconds for a clean stop; 0 is no limit. -->
  <key>ExitTimeOut</key>
  <integer>${Math.ceil(stopTimeoutMs / 1000)}</integer>
${openFiles === null ? '' : fileLimits(openFiles)}  <!-- 077: only the user of the service can read what it writes. -->
  <key>Umask</key>
  <integer>63</integer>
</dict>
</plist>
`;
}

function fileLimits(count: number): string {
  const files = `<dict><key>NumberOfFiles</key><integer>${count}</integer></dict>`;
  return `  <key>SoftResourceLimits</key>\n  ${files}\n  <key>HardResourceLimits</key>\n  ${files}\n`;
}

/** A comment of XML must not contain two hyphens. */
const comment = (text: string) => escaped(text).replaceAll(/-(?=-|$)/g, '- ');

// XML 1.0 cannot represent these, not even as references.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // XML parsers read a bare one as a line feed.
  '\r': '&#13;',
};

function escaped(text: string): string {
  if (unwritable.test(text)) {
    throw new RangeError(`${JSON.stringify(text)} has a character that a plist cannot contain`);
  }
  return text.replaceAll(/[&<>\r]/g, (character) => references[character] ?? character);
}
