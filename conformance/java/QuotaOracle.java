// Kafka's own measures of quotas as the oracle: writes packages/broker/test/quotas/throttle-times.txt.
//   java -cp 'libs/*' QuotaOracle.java
// "case SAMPLES SECONDS LIMIT", then what a client used and when, and how long it is to wait by the rate and by the token bucket:
// "MS VALUE THROTTLE_MS MUTATION_THROTTLE_MS".
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Quota;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.metrics.stats.TokenBucket;

public class QuotaOracle {
    private static final double[] LIMITS = {1000, 50, 200.5, 1e6, 12, 1e5};

    public static void main(String[] arguments) {
        Random random = new Random(42);
        for (int number = 0; number < LIMITS.length; number++) {
            int samples = number % 2 == 0 ? 11 : 3;
            int seconds = number == 5 ? 2 : 1;
            System.out.println("case " + samples + " " + seconds + " " + LIMITS[number]);
            play(random, samples, seconds, LIMITS[number]);
        }
    }

    private static void play(Random random, int samples, int seconds, double limit) {
        MetricConfig config = new MetricConfig().timeWindow(seconds, TimeUnit.SECONDS).samples(samples)
            .quota(new Quota(limit, true));
        Rate rate = new Rate();
        TokenBucket bucket = new TokenBucket();
        long now = 1_000_000 + random.nextInt(5000);
        for (int step = 0; step < 60; step++) {
            int pace = random.nextInt(10);
            now += random.nextInt(pace < 4 ? 40 : pace < 8 ? 900 : pace < 9 ? 4000 : 30000);
            double value = Math.round(limit * random.nextDouble() * 40) / 10.0;
            rate.record(config, value, now);
            double measured = rate.measure(config, now);
            long throttle = measured > limit ? Math.round((measured - limit) / limit * rate.windowSize(config, now)) : 0;
            bucket.record(config, value, now);
            double tokens = bucket.measure(config, now);
            long mutationThrottle = tokens < 0 ? Math.round(-tokens / limit * 1000) : 0;
            System.out.println(now + " " + value + " " + throttle + " " + mutationThrottle);
        }
    }
}
