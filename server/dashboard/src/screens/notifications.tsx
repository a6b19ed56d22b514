import * as api from '../api/client';
import type { Channel, Delivery } from '../api/types';
import { announce, denied } from '../state';
import { sentenceCase, type Look } from '../text/states';
import { Badge } from '../ui/badge';
import { Deed, Empty, Heading, Loaded, ProblemBox } from '../ui/parts';
import { useDeed, useResource } from '../ui/resource';
import { Ago, Words } from '../ui/texts';

const KINDS: Record<string, string> = { webhook: 'Webhook', slack: 'Slack', email: 'E-mail' };

const LOOKS: Record<Delivery['state'], Look> = {
  DELIVERED: { word: 'Delivered', shape: 'check', tone: 'good' },
  WAITING: { word: 'Waiting', shape: 'dots', tone: 'info' },
  GIVEN_UP: { word: 'Given up', shape: 'cross', tone: 'bad' },
};

/** Who is told what, and how that goes. */
export function NotificationsScreen() {
  const channels = useResource('channels', api.channels);
  return (
    <>
      <Heading text="Notifications" />
      <Loaded
        from={channels}
        what="channels"
        missing={
          <Empty title="This server tells nobody">
            <p>It has no notifications.</p>
          </Empty>
        }
      >
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nobody is told yet">
              <p>
                Channels stand under <code>notifications</code> in the configuration: webhooks, Slack and mail.
              </p>
            </Empty>
          ) : (
            <ul class="cards">
              {items.map((channel) => (
                <ChannelCard key={channel.channel} channel={channel} reload={channels.reload} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

function ChannelCard({ channel, reload }: { channel: Channel; reload: () => void }) {
  const testing = useDeed(async () => {
    try {
      await api.testChannel(channel.channel);
      announce(`The test of ${channel.channel} was delivered`);
    } finally {
      reload();
    }
  });
  const { last } = channel;
  return (
    <li class="card channel">
      <div class="card-head">
        <h2>
          <Words text={channel.channel} />
        </h2>
        <span class="tag">{KINDS[channel.kind] ?? channel.kind}</span>
      </div>
      <dl class="facts">
        <div>
          <dt>Told</dt>
          <dd>{channel.on.length === 0 ? 'nothing' : channel.on.map((event) => sentenceCase(event.replaceAll('-', '_')).toLowerCase()).join(', ')}</dd>
        </div>
        <div>
          <dt>Of</dt>
          <dd>
            <Words text={channel.jobs.length === 0 ? 'all jobs' : channel.jobs.join(', ')} />
          </dd>
        </div>
        <div>
          <dt>Last delivery</dt>
          <dd>
            {last === null ? (
              <span class="quiet">none yet</span>
            ) : (
              <>
                <Badge look={LOOKS[last.state]} /> <Ago at={last.at} />
                <span class="what quiet">
                  {sentenceCase(last.event.replaceAll('-', '_'))}
                  {last.code ? `, answered ${last.code}` : ''}
                </span>
                {last.problem !== '' && (
                  <span class="what">
                    <Words text={last.problem} />
                  </span>
                )}
              </>
            )}
            {channel.waiting > 0 && <span class="what">{channel.waiting} still to be delivered</span>}
          </dd>
        </div>
      </dl>
      {testing.problem !== undefined && <ProblemBox problem={testing.problem} />}
      <div class="card-foot">
        <Deed why={denied('admin')} busy={testing.busy} onClick={() => void testing.run()}>
          {testing.busy ? 'Sending…' : 'Send test'}
          <span class="unseen"> to {channel.channel}</span>
        </Deed>
      </div>
    </li>
  );
}
