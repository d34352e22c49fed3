import { usageError } from '../app-error.ts';
import { marginSeconds, openFiles, type ServiceFacts } from './systemd-unit.ts';

/** The name of the service of a home, as launchd lists it. */
export function launchdLabel(home: string): string {
  return `wemixvisor${home.replaceAll(/[^A-Za-z0-9]+/g, '.')}`.replace(/\.$/, '');
}

/**
 * A property list for launchd. It leaves the node alone when the supervisor dies: the next one takes it up again.
 *
 * @throws AppError with exit code 64 for a word that XML cannot carry.
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
${user === null ? '  <!-- UserName: name the user that the node runs as -->' : `  <key>UserName</key>\n  <string>${escaped(user)}</string>`}
  <key>RunAtLoad</key>
  <true/>
  <!-- Started again after a failure, not after a clean stop. -->
  <key>KeepAlive</key>
  <dict><key>SuccessfulExit</key><false/></dict>
  <key>ThrottleInterval</key>
  <integer>10</integer>
  <!-- A node whose supervisor dies is taken up again. -->
  <key>AbandonProcessGroup</key>
  <true/>
  <!-- The node's grace period and a margin; 0 is for ever. -->
  <key>ExitTimeOut</key>
  <integer>${stop}</integer>
  <key>SoftResourceLimits</key>
  ${files}
  <key>HardResourceLimits</key>
  ${files}
  <!-- 077: what the service writes is its user's alone. -->
  <key>Umask</key>
  <integer>63</integer>
</dict>
</plist>
`;
}

// XML 1.0 has no way to write these, not even as a reference.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // A bare one is read as a line feed.
  '\r': '&#13;',
};

function escaped(text: string): string {
  if (unwritable.test(text)) {
    throw usageError(
      `${JSON.stringify(text)} has a character that no plist can hold: put the value into a file that the node reads`,
    );
  }
  return text.replaceAll(/[&<>\r]/g, (character) => references[character] ?? character);
}
