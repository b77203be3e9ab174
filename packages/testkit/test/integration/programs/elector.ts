// A process that takes part in an election, as the nodes of a schema registry do, and says whether it leads.
import { writeSync } from 'node:fs'
import { ClassicGroupMember } from '@millrace/client'

const member = new ClassicGroupMember({
  ...JSON.parse(process.argv[2]!),
  protocolType: 'sr',
  protocols: [{ name: 'v0', metadata: Buffer.from(`process ${process.pid}`) }],
  assign: (members, { leaderId }) =>
    new Map(members.map(({ memberId }) => [memberId, Buffer.from(leaderId)])),
  onAssigned: ({ isLeader }) => void writeSync(1, isLeader ? 'leads\n' : 'follows\n'),
  onRevoked: () => void writeSync(1, 'waits\n'),
})
process.once('SIGTERM', () => void member.close())
await member.join()
