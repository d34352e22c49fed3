import { usageError } from '../app-error.ts';
import { marginSeconds, openFiles, type ServiceFacts } from './systemd-unit.ts';

/** The name of the service of a home, as launchd lists it. */
export function launchdLabel(home: string): string {
  return `wemixvisor${home.replaceAll(/[^A-Za-z0-9]+/g, '.')}`.replace(/\.$/, '');
}

/**
 * A property list for launchd. The node survives its supervisor: the next one adopts it.
 *
 * @throws AppError with exit code 64 for a character that XML cannot contain.
 */
export function renderLaunchdPlist({ command, home, user, stopTimeoutMs }: ServiceFacts): string {
  const stop = stopTimeoutMs === 0 ? 0 : Math.ceil(stopTimeoutMs / 1000) + marginSeconds;
  const files = `<dict><key>NumberOfFiles</key><integer>${openFiles}</integer></dict>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- By wemixvisor service launchd. -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${escaped(launchdLabel(home))}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((word) => `    <string>${escaped(word)}</string>`).join('\n')}
  </array>
${user === null ? '  <!-- UserName: set the user that the node runs as -->' : `  <key>UserName</key>\n  <string>${escaped(user)}</string>`}
  <key>RunAtLoad</key>
  <true/>
  <!-- Started again after a failure, not after a clean stop. -->
  <key>KeepAlive</key>
  <dict><key>SuccessfulExit</key><false/></dict>
  <key>ThrottleInterval</key>
  <integer>10</integer>
  <!-- A node whose supervisor dies is adopted. -->
  <key>AbandonProcessGroup</key>
  <true/>
  <!-- The node's grace period and a margin; 0 is no limit. -->
  <key>ExitTimeOut</key>
  <integer>${stop}</integer>
  <key>SoftResourceLimits</key>
  ${files}
  <key>HardResourceLimits</key>
  ${files}
  <!-- 077: only the user of the service can read what it writes. -->
  <key>Umask</key>
  <integer>63</integer>
</dict>
</plist>
`;
}

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
    throw usageError(
      `${JSON.stringify(text)} has a character that a plist cannot contain: put the value into a file that the node reads`,
    );
  }
  return text.replaceAll(/[&<>\r]/g, (character) => references[character] ?? character);
}
