# A level for each region and each year: plm's two-way within estimator, and clubSandwich's CR2 with
# Satterthwaite's degrees of freedom of the fit with dummies and of plm's own.
# Run in this folder: Rscript panel.R
# Writes panel.data.csv (simulated; `lost` marks the rows that the unbalanced panel lacks) and panel.csv.

suppressMessages({library(clubSandwich); library(plm)})
options(digits = 17)
set.seed(20241128)
data <- expand.grid(year = 2018:2023, region_code = sprintf("%02d", 1:40))
data$province <- paste0("P", (as.integer(data$region_code) - 1) %/% 5 + 1)
level <- rnorm(40); shock <- matrix(rnorm(48), 8)
place <- cbind(as.integer(factor(data$province)), data$year - 2017)
data$x <- rnorm(240) + 0.6 * level[data$region_code] + 0.2 * (data$year - 2018)
data$z <- rexp(240) + 0.4 * shock[place]
data$y <- 0.5 * data$x - 0.3 * data$z + level[data$region_code] + 0.1 * (data$year - 2018) +
  0.3 * shock[place] + rnorm(240, sd = 0.5)
data$lost <- as.integer(seq_len(240) %in% c(sample(240, 17), 7:11))  # region 02 keeps 2023 alone
write.csv(format(data, digits = 15), "panel.data.csv", row.names = FALSE, quote = FALSE)
data <- read.csv("panel.data.csv", colClasses = c(region_code = "character"))

found <- NULL
keep <- function(panel, fit, by, cluster, model) {
  test <- coef_test(fit, vcov = "CR2", cluster = cluster, test = "Satterthwaite", coefs = c("x", "z"))
  found <<- rbind(found, data.frame(panel, fit = model, cluster = by, name = c("x", "z"),
    estimate = test$beta, standard_error = test$SE, df = test$df_Satt, p = test$p_Satt))
}
for (panel in c("balanced", "unbalanced")) {
  used <- if (panel == "balanced") data else subset(data, lost == 0)
  used <- subset(used, ave(x, region_code, FUN = length) > 1)  # a single row tells nothing
  dummies <- lm(y ~ x + z + factor(year) + factor(region_code), used)
  within <- plm(y ~ x + z, used, index = c("region_code", "year"), model = "within",
                effect = "twoways")
  keep(panel, dummies, "province", used$province, "dummies")
  keep(panel, dummies, "region_code", used$region_code, "dummies")
  keep(panel, within, "region_code", "individual", "plm")
}
write.csv(found, "panel.csv", row.names = FALSE)
