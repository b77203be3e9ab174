// Kafka's own record classes as the oracle: writes the fixtures of packages/protocol, and says what it reads in batches of ours.
//   java -cp 'libs/*' RecordsOracle.java fixtures      prints the fixture file
//   java -cp 'libs/*' RecordsOracle.java read          reads lines "name hex" and prints "name" and what the bytes hold
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.LeaderChangeMessage;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.Utils;

public class RecordsOracle {
    static final HexFormat HEX = HexFormat.of();

    public static void main(String[] args) throws Exception {
        if (args[0].equals("fixtures")) fixtures();
        else read();
    }

    static void read() throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split(" ");
            System.out.println("@ " + parts[0]);
            describe(ByteBuffer.wrap(HEX.parseHex(parts[1])));
        }
    }

    static void describe(ByteBuffer bytes) {
        for (MutableRecordBatch batch : MemoryRecords.readableRecords(bytes).batches()) {
            batch.ensureValid();
            System.out.println("batch magic=" + batch.magic()
                + " lastOffset=" + batch.lastOffset()
                + (batch.magic() < 2 ? "" : " baseOffset=" + batch.baseOffset() + " count=" + batch.countOrNull()
                    + " epoch=" + batch.partitionLeaderEpoch())
                + " codec=" + batch.compressionType().name
                + " logAppendTime=" + (batch.timestampType() == TimestampType.LOG_APPEND_TIME)
                + " maxTimestamp=" + batch.maxTimestamp()
                + " producer=" + batch.producerId() + ":" + batch.producerEpoch() + ":" + batch.baseSequence()
                + " transactional=" + batch.isTransactional()
                + " control=" + batch.isControlBatch()
                + " horizon=" + (batch.deleteHorizonMs().isPresent() ? batch.deleteHorizonMs().getAsLong() : "none"));
            try (var records = batch.streamingIterator(BufferSupplier.NO_CACHING)) {
                while (records.hasNext()) describe(batch, records.next());
            }
        }
    }

    static void describe(RecordBatch batch, Record record) {
        StringBuilder out = new StringBuilder("record " + record.offset() + " " + record.timestamp()
            + " " + show(record.key()) + " " + show(record.value()));
        for (Header header : record.headers())
            out.append(" ").append(show(ByteBuffer.wrap(header.key().getBytes(StandardCharsets.UTF_8)))).append("=")
                .append(show(header.value() == null ? null : ByteBuffer.wrap(header.value())));
        if (batch.isControlBatch()) {
            ControlRecordType type = ControlRecordType.parse(record.key());
            out.append(" type=").append(ControlRecordType.parseTypeId(record.key()));
            if (type == ControlRecordType.COMMIT || type == ControlRecordType.ABORT)
                out.append(" coordinatorEpoch=").append(EndTransactionMarker.deserialize(record).coordinatorEpoch());
        }
        System.out.println(out);
    }

    static String show(ByteBuffer bytes) {
        if (bytes == null) return "null";
        byte[] copy = Utils.toArray(bytes);
        if (copy.length <= 48) return "'" + HEX.formatHex(copy) + "'";
        CRC32 crc = new CRC32();
        crc.update(copy);
        return "#" + copy.length + ":" + String.format("%08x", crc.getValue());
    }

    // ---- fixtures ----

    static void fixtures() {
        System.out.println("# Written by conformance/java/RecordsOracle.java with the record classes of kafka-clients 4.3.1.");
        System.out.println("# '> name' starts a fixture; hex lines are its bytes; what Java reads in them follows.");
        Compression[] codecs = {
            Compression.NONE, Compression.gzip().build(), Compression.snappy().build(), Compression.lz4().build(),
            Compression.zstd().build(),
        };
        for (Compression codec : codecs) batchesOf(codec);
        special();
        for (byte magic = 0; magic <= 1; magic++)
            for (Compression codec : codecs)
                if (!codec.type().name.equals("zstd")) legacy(magic, codec);
        hashes();
    }

    static void batchesOf(Compression codec) {
        String name = codec.type().name;
        fixture("v2 " + name, MemoryRecords.withRecords(0L, codec, manyKinds()));
        SimpleRecord[] big = {
            new SimpleRecord(1_700_000_000_000L, "big".getBytes(), text(150_000)),
            new SimpleRecord(1_700_000_000_001L, null, text(70_000)),
        };
        if (!name.equals("none")) fixture("v2 several blocks " + name, MemoryRecords.withRecords(5L, codec, big));
    }

    static SimpleRecord[] manyKinds() {
        Header[] headers = {
            new RecordHeader("h", "v".getBytes()), new RecordHeader("clé", null), new RecordHeader("", new byte[0]),
            new RecordHeader("h", new byte[] {0, -1, 127, -128}),
        };
        long time = 1_700_000_000_000L;
        return new SimpleRecord[] {
            new SimpleRecord(time, "key".getBytes(), "value".getBytes()),
            new SimpleRecord(time + 1, null, "no key".getBytes()),
            new SimpleRecord(time - 70_000, "tombstone".getBytes(), null),
            new SimpleRecord(time + 40L * 24 * 3600 * 1000, new byte[0], new byte[0]),
            new SimpleRecord(time - 40L * 24 * 3600 * 1000, (byte[]) null, (byte[]) null, headers),
            new SimpleRecord(time, text(63), text(64), new Header[] {new RecordHeader("long", text(200))}),
            new SimpleRecord(time, text(64), text(8191)),
            new SimpleRecord(time, text(8192), text(300)),
        };
    }

    static void special() {
        SimpleRecord[] two = {
            new SimpleRecord(1000L, "a".getBytes(), "1".getBytes()), new SimpleRecord(1010L, "b".getBytes(), "2".getBytes()),
        };
        fixture("v2 offset and epoch", MemoryRecords.withRecords(4_294_967_296L, Compression.NONE, 7, two));
        fixture("v2 idempotent", MemoryRecords.withIdempotentRecords(Compression.NONE, 4_000_000_000L, (short) 3, 2_147_483_647, two));
        fixture("v2 transactional", MemoryRecords.withTransactionalRecords(12L, Compression.lz4().build(), 9L, (short) 0, 5, 1, two));
        fixture("v2 log append time", stamped((byte) 2, 3L, Compression.gzip().build(), two));
        fixture("v2 commit marker", MemoryRecords.withEndTransactionMarker(20L, 5000L, 2, 9L, (short) 1,
            new EndTransactionMarker(ControlRecordType.COMMIT, 11)));
        fixture("v2 abort marker", MemoryRecords.withEndTransactionMarker(21L, 5001L, 2, 9L, (short) 1,
            new EndTransactionMarker(ControlRecordType.ABORT, 12)));
        fixture("v2 leader change", MemoryRecords.withLeaderChangeMessage(22L, 5002L, 3, ByteBuffer.allocate(256),
            new LeaderChangeMessage().setLeaderId(1)));
        MemoryRecordsBuilder builder = new MemoryRecordsBuilder(
            new org.apache.kafka.common.utils.ByteBufferOutputStream(1024), (byte) 2, Compression.NONE, TimestampType.CREATE_TIME,
            100L, -1L, 9L, (short) 1, 30, false, false, 4, 1024, 9_000L);
        builder.appendWithOffset(101L, 8000L, "k".getBytes(), "v".getBytes());
        builder.appendWithOffset(105L, 8500L, "gone".getBytes(), null);
        builder.overrideLastOffset(109L);
        fixture("v2 compacted with delete horizon", builder.build());
        ByteBuffer joined = ByteBuffer.allocate(1024);
        joined.put(MemoryRecords.withRecords(0L, Compression.NONE, two).buffer());
        joined.put(MemoryRecords.withRecords(2L, Compression.zstd().build(), two).buffer());
        joined.put(MemoryRecords.withRecords((byte) 1, 4L, Compression.NONE, TimestampType.CREATE_TIME, two).buffer());
        joined.flip();
        fixture("three batches", MemoryRecords.readableRecords(joined));
    }

    static void legacy(byte magic, Compression codec) {
        SimpleRecord[] records = {
            new SimpleRecord(magic == 0 ? -1L : 1000L, "a".getBytes(), "one".getBytes()),
            new SimpleRecord(magic == 0 ? -1L : 900L, null, "two".getBytes()),
            new SimpleRecord(magic == 0 ? -1L : 1100L, "c".getBytes(), null),
            new SimpleRecord(magic == 0 ? -1L : 1050L, new byte[0], text(500)),
        };
        String name = "v" + magic + " " + codec.type().name;
        fixture(name, MemoryRecords.withRecords(magic, 50L, codec,
            magic == 0 ? TimestampType.NO_TIMESTAMP_TYPE : TimestampType.CREATE_TIME, records));
        if (magic == 1)
            fixture(name + " log append time", stamped(magic, 60L, codec, records));
    }

    /** With a broker's time that is the same in every run. */
    static MemoryRecords stamped(byte magic, long baseOffset, Compression codec, SimpleRecord[] records) {
        MemoryRecordsBuilder builder = MemoryRecords.builder(ByteBuffer.allocate(4096), magic, codec,
            TimestampType.LOG_APPEND_TIME, baseOffset, 1_234_567L);
        for (SimpleRecord record : records) builder.append(record);
        return builder.build();
    }

    static void fixture(String name, MemoryRecords records) {
        System.out.println("\n> " + name);
        String hex = HEX.formatHex(Utils.toArray(records.buffer()));
        for (int at = 0; at < hex.length(); at += 120) System.out.println(hex.substring(at, Math.min(at + 120, hex.length())));
        describe(records.buffer());
    }

    static void hashes() {
        System.out.println("\n> hashes");
        List<byte[]> inputs = new ArrayList<>();
        Random random = new Random(42);
        for (int length : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 40, 100}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            inputs.add(bytes);
            inputs.add(text(length));
        }
        for (String key : new String[] {"user-1", "clé", "größer", "鍵", "🔑🔑", "aé"}) inputs.add(key.getBytes(StandardCharsets.UTF_8));
        for (byte[] bytes : inputs) {
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            System.out.println("hash '" + HEX.formatHex(bytes) + "' murmur2=" + Utils.murmur2(bytes) + " crc32c=" + crc.getValue());
        }
    }

    /** Text that compresses, but not to nothing, and is the same in every run. */
    static byte[] text(int length) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++)
            bytes[index] = (byte) (index % 1000 < 990 ? 'a' + (index % 26) : '0' + (index / 1000 * 7 + index) % 10);
        return bytes;
    }
}
