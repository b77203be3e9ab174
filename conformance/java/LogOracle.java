// A partition's log as Kafka's own classes keep it: takes batches, says what became of each, and leaves the directory behind.
//   append <directory>                stdin: settings, then one line a step (see run); stdout: one line a step, after "> "
//   open <directory> <clean|unclean>  stdout: what Kafka finds in a directory that somebody else has written
//   formats <directory>               writes one small file of each format with known content
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;
import org.apache.kafka.storage.internals.checkpoint.LeaderEpochCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.OffsetCheckpointFile;
import org.apache.kafka.storage.internals.checkpoint.PartitionMetadataFile;
import org.apache.kafka.storage.internals.log.AbortedTxn;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.BatchMetadata;
import org.apache.kafka.storage.internals.log.EpochEntry;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogSegment;
import org.apache.kafka.storage.internals.log.OffsetIndex;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.TimeIndex;
import org.apache.kafka.storage.internals.log.TransactionIndex;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

public final class LogOracle {
  public static void main(String[] args) throws Exception {
    File directory = new File(args[1]);
    switch (args[0]) {
      case "append" -> append(directory);
      case "open" -> open(directory, args[2].equals("clean"));
      case "formats" -> formats(directory);
      default -> throw new IllegalArgumentException(args[0]);
    }
    // Kafka's classes leave threads behind.
    System.out.flush();
    System.exit(0);
  }

  /** A line that is meant for the caller: Kafka's classes print, too. */
  private static void say(String line) {
    System.out.println("> " + line);
  }

  private static UnifiedLog log(File directory, Map<String, String> settings, boolean clean, KafkaScheduler scheduler)
      throws Exception {
    int day = 24 * 3600 * 1000;
    return UnifiedLog.create(directory, new LogConfig(settings), 0, 0, scheduler, new BrokerTopicStats(), Time.SYSTEM,
        900_000, new ProducerStateManagerConfig(day, false), 600_000, new LogDirFailureChannel(1), clean, Optional.empty());
  }

  /** First line: settings as k=v,k=v, `transaction.version` among them. Then: `client <hex>`, `coordinator <hex>` or `roll`. */
  private static void append(File directory) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    Map<String, String> settings = new LinkedHashMap<>();
    for (String pair : in.readLine().split(",")) settings.put(pair.split("=")[0], pair.split("=")[1]);
    KafkaScheduler scheduler = new KafkaScheduler(1);
    scheduler.startup();
    short transactionVersion = Short.parseShort(settings.remove("transaction.version"));
    UnifiedLog log = log(directory, settings, true, scheduler);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("roll")) {
        log.roll();
        say("rolled");
        continue;
      }
      AppendOrigin origin = words[0].equals("client") ? AppendOrigin.CLIENT : AppendOrigin.COORDINATOR;
      MemoryRecords records = MemoryRecords.readableRecords(ByteBuffer.wrap(HexFormat.of().parseHex(words[1])));
      try {
        LogAppendInfo info = log.appendAsLeader(records, 0, origin, RequestLocal.noCaching(), VerificationGuard.SENTINEL, transactionVersion);
        log.updateHighWatermark(log.logEndOffset());
        say(info.firstOffset() + " " + info.lastOffset() + " " + log.lastStableOffset());
      } catch (Exception e) {
        say(e.getClass().getSimpleName());
        System.err.println(e);
      }
    }
    log.close();
  }

  private static void open(File directory, boolean clean) throws Exception {
    KafkaScheduler scheduler = new KafkaScheduler(1);
    scheduler.startup();
    UnifiedLog log = log(directory, Map.of(), clean, scheduler);
    log.updateHighWatermark(log.logEndOffset());
    say("offsets " + log.logStartOffset() + " " + log.lastStableOffset() + " " + log.logEndOffset());
    for (LogSegment segment : log.logSegments()) {
      say("segment " + segment.baseOffset() + " " + segment.size() + " " + segment.largestTimestamp());
    }
    for (AbortedTxn aborted : log.collectAbortedTransactions(0, log.logEndOffset())) {
      say("aborted " + aborted.producerId() + " " + aborted.firstOffset());
    }
    List<String> producers = new ArrayList<>();
    for (Map.Entry<Long, ProducerStateEntry> each : log.producerStateManager().activeProducers().entrySet()) {
      ProducerStateEntry entry = each.getValue();
      producers.add("producer " + each.getKey() + " " + entry.producerEpoch() + " "
          + entry.batchMetadata().stream().mapToInt(BatchMetadata::lastSeq).reduce(-1, (a, b) -> b) + " "
          + entry.coordinatorEpoch() + " " + entry.currentTxnFirstOffset().orElse(-1));
    }
    producers.sort(null);
    producers.forEach(LogOracle::say);
    log.close();
  }

  private static void formats(File directory) throws Exception {
    LogDirFailureChannel failures = new LogDirFailureChannel(1);
    OffsetIndex offsets = new OffsetIndex(new File(directory, "00000000000000000100.index"), 100, 80, true);
    offsets.append(107, 4200);
    offsets.append(100L + Integer.MAX_VALUE, 1_000_000_000);
    offsets.close();
    TimeIndex times = new TimeIndex(new File(directory, "00000000000000000100.timeindex"), 100, 120, true);
    times.maybeAppend(1_700_000_000_000L, 107);
    times.maybeAppend(1_700_000_000_001L, 2000, true);
    times.close();
    TransactionIndex transactions = new TransactionIndex(100, new File(directory, "00000000000000000100.txnindex"));
    transactions.append(new AbortedTxn(4_000_000_000L, 101, 150, 140));
    transactions.append(new AbortedTxn(5, 140, 160, 161));
    transactions.close();
    Map<Long, ProducerStateEntry> producers = new LinkedHashMap<>();
    ProducerStateEntry seven = new ProducerStateEntry(7, (short) 3, -1, 1_700_000_000_000L, OptionalLong.empty());
    Method add = ProducerStateEntry.class.getDeclaredMethod("addBatchMetadata", BatchMetadata.class);
    add.setAccessible(true);
    add.invoke(seven, new BatchMetadata(Integer.MAX_VALUE, 1234, 9, 1_700_000_000_000L));
    producers.put(7L, seven);
    producers.put(8L, new ProducerStateEntry(8, (short) 0, 5, 1_700_000_000_002L, OptionalLong.of(1200)));
    ProducerStateManager.writeSnapshot(new File(directory, "00000000000000001235.snapshot"), producers, true);
    new LeaderEpochCheckpointFile(LeaderEpochCheckpointFile.newFile(directory), failures)
        .write(List.of(new EpochEntry(0, 0), new EpochEntry(5, 1200)));
    Map<TopicPartition, Long> points = new LinkedHashMap<>();
    points.put(new TopicPartition("orders.v1-eu", 12), 9_007_199_254_740_991L);
    new OffsetCheckpointFile(new File(directory, "recovery-point-offset-checkpoint"), failures).write(points);
    PartitionMetadataFile metadata = new PartitionMetadataFile(PartitionMetadataFile.newFile(directory), failures);
    metadata.record(Uuid.fromString("AAECAwQFBgcICQoLDA0ODw"));
    metadata.maybeFlush();
    new CleanShutdownFileHandler(directory.getPath()).write(-1);
  }
}
