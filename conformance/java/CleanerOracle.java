// A partition's log as Kafka's own cleaner leaves it.
//   <directory> <settings k=v,…> <now> <step> <memory of the map, bytes> <load factor>
// Cleans in passes until nothing is left to clean; `now` is that of the first one, and goes on by `step`. stdout: "> <end offset>" a pass.
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.Cleaner;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogToClean;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.SkimpyOffsetMap;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.utils.Throttler;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

public final class CleanerOracle {
  public static void main(String[] args) throws Exception {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String pair : args[1].split(",")) settings.put(pair.split("=")[0], pair.split("=")[1]);
    long now = Long.parseLong(args[2]);
    long step = Long.parseLong(args[3]);
    KafkaScheduler scheduler = new KafkaScheduler(1);
    scheduler.startup();
    int day = 24 * 3600 * 1000;
    UnifiedLog log = UnifiedLog.create(new File(args[0]), new LogConfig(settings), 0, 0, scheduler, new BrokerTopicStats(),
        Time.SYSTEM, 900_000, new ProducerStateManagerConfig(day, false), 600_000, new LogDirFailureChannel(1), true, Optional.empty());
    log.updateHighWatermark(log.logEndOffset());
    Cleaner cleaner = new Cleaner(0, new SkimpyOffsetMap(Integer.parseInt(args[4])), 1 << 18, 1 << 24, Double.parseDouble(args[5]),
        new Throttler(Double.MAX_VALUE, 300, "cleaner", "bytes", Time.SYSTEM), Time.SYSTEM, partition -> {});
    Optional<Long> cleaned = Optional.empty();
    for (; ; now += step) {
      // As LogCleanerManager.cleanableOffsets has it, where no record is too young.
      long uncleanable = Math.min(log.lastStableOffset(), log.activeSegment().baseOffset());
      LogToClean cleanable = new LogToClean(log, cleaned.orElse(log.logStartOffset()), uncleanable, false);
      if (cleanable.cleanableBytes() == 0 || cleanable.firstDirtyOffset() >= cleanable.firstUncleanableOffset()) break;
      cleaned = Optional.of(cleaner.doClean(cleanable, now).getKey());
      System.out.println("> " + cleaned.get() + " " + cleanable.cleanableRatio());
    }
    log.close();
    // Kafka's classes leave threads behind.
    System.out.flush();
    System.exit(0);
  }
}
